using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Registry.Data;
using Registry.Features.Shared;
using Registry.History;
using Registry.Identity;
using Registry.Tests.Support;

namespace Registry.Tests.Identity;

/// <summary>The sign-in pages on a server in memory, with a clock that the test moves. Its address is https: the cookies are Secure.</summary>
public sealed class SignInHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private SignInHost(WebApplication app, MovingClock clock, string connectionString) => (_app, Clock, ConnectionString) = (app, clock, connectionString);

    public string ConnectionString { get; }

    public MovingClock Clock { get; }
    public IServiceProvider Services => _app.Services;

    public static async Task<SignInHost> StartAsync(SignInFixture fixture, bool demo = false)
    {
        var clock = new MovingClock();
        var connectionString = await fixture.CopyAsync();
        var database = new Database(connectionString, fixture.Keys);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer(options => options.BaseAddress = new Uri("https://localhost/"));
        builder.Logging.ClearProviders();
        builder.Configuration["REGISTRY_PUBLIC_ADDRESS"] = "https://localhost";
        builder.Services.AddSingleton(fixture.Keys).AddSingleton(_ => database).AddSingleton<Chain>().AddSingleton<TimeProvider>(clock);
        builder.Services.AddRazorPages(options => options.RootDirectory = "/Features").AddApplicationPart(typeof(Account).Assembly);
        builder.Services.AddLanguages();
        builder.Services.AddSignIn(demo);
        var app = builder.Build();
        app.UseRequestLocalization();
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapRazorPages();
        app.MapGet("/qui", (HttpContext http) => http.User.Identity!.Name);
        await app.StartAsync();
        return new SignInHost(app, clock, connectionString);
    }

    public Visit Browse() => new(_app.GetTestServer().CreateHandler());

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}

public sealed class MovingClock : TimeProvider
{
    private DateTimeOffset _now = new(2026, 6, 11, 8, 5, 0, TimeSpan.Zero);

    public void Pass(TimeSpan time) => _now += time;

    public override DateTimeOffset GetUtcNow() => _now;
}

