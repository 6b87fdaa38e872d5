using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.Extensions.WebEncoders;
using Npgsql;

namespace Registry.Bench;

/// <summary>
/// What the product is measured against (design §5): one Razor page with a layout that lists fifty rows of the same table. No sign-in, no
/// policies (it enters as the superuser of the scratch server), no transaction.
/// </summary>
public static class BareServer
{
    public static async Task<int> RunAsync(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        var connection = builder.Configuration["REGISTRY_DATABASE"] ?? throw new InvalidOperationException("REGISTRY_DATABASE is not set.");
        var source = new NpgsqlSlimDataSourceBuilder(connection) { ConnectionStringBuilder = { MaxPoolSize = 16, MaxAutoPrepare = 50 } };
        Dapper.DefaultTypeMap.MatchNamesWithUnderscores = true;
        builder.Services.AddSingleton(source.Build());
        builder.Services.Configure<WebEncoderOptions>(options => options.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        builder.Services.AddRazorPages();
        await using var app = builder.Build();
        app.MapRazorPages();
        await app.RunAsync();
        return 0;
    }
}
