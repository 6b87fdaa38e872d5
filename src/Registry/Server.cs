using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Mvc;
using Registry.Access;
using Registry.Data;
using Registry.Features.Reminders;
using Registry.Features.Shared;
using Registry.History;
using Registry.Identity;
using Registry.Jobs;
using Registry.Mail;

namespace Registry;

/// <summary>The web server, put together in one place.</summary>
public static class Server
{
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            var builder = WebApplication.CreateBuilder(args);
            Add(builder);
            await using var app = builder.Build();
            Use(app);
            await app.RunAsync();
            return 0;
        }
        catch (Exception refused) when (refused is InvalidOperationException or IOException && refused is not HostAbortedException)
        {
            await Console.Error.WriteLineAsync(refused.Message);
            return 1;
        }
    }

    private const int LargestForm = 1024 * 1024;
    private const int LongestRequestLine = 4 * 1024;
    private const int LargestHeaders = 16 * 1024;

    private static void Add(WebApplicationBuilder builder)
    {
        var settings = Settings.Read(builder.Configuration);
        var services = builder.Services;
        builder.WebHost.ConfigureKestrel(server =>
        {
            server.AddServerHeader = false;
            // The door below refuses at a quarter of it with a page; what is still longer gets the server's bare word.
            server.Limits.MaxRequestLineSize = 4 * LongestRequestLine;
            server.Limits.MaxRequestHeadersTotalSize = 4 * LargestHeaders;
            server.Limits.MaxRequestBodySize = LargestForm;
            if (settings.Demo) LoopbackOnly(builder);
        });
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddFilter("Npgsql", LogLevel.Warning);

        DapperTypes.Register();
        services.AddSingleton(settings);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(_ => Keys.FromFile(settings.KeyFile));
        services.AddSingleton(provider => new Database(settings.Database, provider.GetRequiredService<Keys>(), provider.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton<Chain>();
        services.AddSingleton<PageLimit>();
        services.AddSingleton(provider => new Anchors(settings.AnchorFile, settings.Database, provider.GetRequiredService<Keys>(), TimeProvider.System));
        services.AddHostedService<HourlyAnchor>();
        services.AddScoped<Db>();
        services.AddScoped<Journal>();
        services.AddScoped<Trail>();
        services.AddScoped<Visitor>();
        services.AddSingleton<UnchangedPages>();
        services.AddScoped<GrantStore>();
        services.AddSingleton<OwnWork>();
        services.AddFeatures(settings);
        services.AddSignIn(settings.Demo);
        services.AddLanguages();
        services.Configure<FormOptions>(form => form.ValueCountLimit = 500);
        services.Configure<CookieTempDataProviderOptions>(flash =>
        {
            flash.Cookie.Name = FrameFilter.FlashCookie;
            flash.Cookie.SecurePolicy = CookieSecurePolicy.Always;
            flash.Cookie.SameSite = SameSiteMode.Strict;
        });
        services.AddRazorPages(pages => pages.RootDirectory = "/Features")
            .AddRazorPagesOptions(pages => pages.Conventions.Add(new Addresses()))
            .AddMvcOptions(mvc =>
            {
                mvc.Filters.Add<AccessFilter>();
                mvc.Filters.Add<RefusalPageFilter>();
                mvc.Filters.Add<TransactionPageFilter>();
                mvc.Filters.Add<FrameFilter>();
                mvc.Filters.Add<RefusedFormFilter>();
                mvc.ModelBinderProviders.Insert(0, new DayBinderProvider());
                mvc.MaxModelValidationErrors = 200;
            })
            .AddDataAnnotationsLocalization();
    }

    private static void Use(WebApplication app)
    {
        app.UseSecurityHeaders();
        if (ProxiesOf(app.Configuration) is { } proxies) app.UseForwardedHeaders(proxies);
        app.UseRequestLocalization();
        app.UseExceptionHandler("/erreur/500");
        app.UseStatusCodePagesWithReExecute("/erreur/{0}");
        var host = app.Services.GetRequiredService<PublicAddress>().Base.Host;
        app.Use((context, next) => AtTheDoor(context, next, host));
        app.UseStaticFiles(new StaticFileOptions { OnPrepareResponse = file => file.Context.Items["static"] = true });
        app.UseRouting();
        // An address that leads nowhere is that for everybody: nobody is asked to sign in to learn it.
        app.Use((context, next) => context.GetEndpoint() is null ? Refuse(context, StatusCodes.Status404NotFound) : next(context));
        app.Use(app.Services.GetRequiredService<PageLimit>().LimitAsync);
        app.Use(FormDoor.LetInAsync);
        app.Use(UnchangedPages.AskAsync);
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseMiddleware<UnchangedPages>();
        app.Use(KeptPages.GiveAsync);
        app.MapRazorPages();
        app.MapPreferences();
        app.MapHealth();
        app.MapAgenda();
        app.MapPolicyReports();
    }

    /// <summary>
    /// Before any page: a request too long to be read (S-10), a method that none has (405), a name that is not ours, a form sent from another
    /// site, whatever token it carries (S-19).
    /// The page that then says so comes through here a second time and is let in.
    /// </summary>
    private static Task AtTheDoor(HttpContext context, RequestDelegate next, string host)
    {
        var (request, site) = (context.Request, context.Request.Headers["Sec-Fetch-Site"].ToString());
        var posts = HttpMethods.IsPost(request.Method);
        var known = posts || HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        if (context.Features.Get<IStatusCodeReExecuteFeature>() is not null || context.Features.Get<IExceptionHandlerPathFeature>() is not null)
        {
            if (!known) request.Method = HttpMethods.Get;
            return next(context);
        }
        if (RequestLineOf(context) > LongestRequestLine) return Refuse(context, StatusCodes.Status414UriTooLong);
        if (request.Headers.Sum(header => header.Value.Sum(value => header.Key.Length + (value?.Length ?? 0) + 4)) > LargestHeaders)
            return Refuse(context, StatusCodes.Status431RequestHeaderFieldsTooLarge);
        if (!known) return Refuse(context, StatusCodes.Status405MethodNotAllowed);
        if (!IsOurs(request.Host.Host, host)) return Refuse(context, StatusCodes.Status400BadRequest);
        if (posts && site is "cross-site" or "same-site" && request.Path != "/csp") return Refuse(context, StatusCodes.Status400BadRequest);
        return next(context);
    }

    /// <summary>Any other name in the Host header is somebody's trick or mistake (S-20); this machine may always ask for itself.</summary>
    private static bool IsOurs(string asked, string host) =>
        string.Equals(asked, host, StringComparison.OrdinalIgnoreCase) || asked is "localhost" or "127.0.0.1" or "[::1]";

    /// <summary>As it was sent: "GET /address?query HTTP/1.1" and the end of the line.</summary>
    private static int RequestLineOf(HttpContext context) =>
        context.Request.Method.Length + (context.Features.Get<IHttpRequestFeature>()?.RawTarget.Length ?? 0) + context.Request.Protocol.Length + 4;

    private static Task Refuse(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    /// <summary>The address and scheme that a reverse proxy reports are believed only from those that REGISTRY_PROXIES names (S-20).</summary>
    private static ForwardedHeadersOptions? ProxiesOf(IConfiguration configuration)
    {
        if (configuration["REGISTRY_PROXIES"] is not { Length: > 0 } names) return null;
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var name in names.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries))
        {
            if (System.Net.IPNetwork.TryParse(name, out var network)) options.KnownIPNetworks.Add(network);
            else if (System.Net.IPAddress.TryParse(name, out var proxy)) options.KnownProxies.Add(proxy);
            else throw new InvalidOperationException($"REGISTRY_PROXIES: {name} is neither an address nor a network such as 10.0.0.0/8.");
        }
        return options;
    }

    /// <summary>Demonstration people enter without a password: nobody outside this machine may reach them (S-41).</summary>
    private static void LoopbackOnly(WebApplicationBuilder builder)
    {
        var urls = builder.Configuration["urls"] ?? builder.Configuration["ASPNETCORE_URLS"] ?? "http://localhost:5080";
        foreach (var url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            var host = BindingAddress.Parse(url).Host;
            if (host != "localhost" && !(System.Net.IPAddress.TryParse(host.Trim('[', ']'), out var address) && System.Net.IPAddress.IsLoopback(address)))
                throw new InvalidOperationException($"Demo mode listens on this machine only: {url} is refused.");
        }
        builder.WebHost.UseUrls(urls);
    }
}
