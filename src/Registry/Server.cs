using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Mvc;
using Registry.Access;
using Registry.Data;
using Registry.Demo;
using Registry.Documents;
using Registry.Features.Ageing;
using Registry.Features.AnnualReports;
using Registry.Features.Appointments;
using Registry.Features.Areas;
using Registry.Features.AuthorityRequests;
using Registry.Features.Breaches;
using Registry.Features.Charters;
using Registry.Features.Citizens;
using Registry.Features.Controls;
using Registry.Features.Conventions;
using Registry.Features.Documents;
using Registry.Features.Engagements;
using Registry.Features.HandOvers;
using Registry.Features.Holidays;
using Registry.Features.Incidents;
using Registry.Features.JointControllerships;
using Registry.Features.Mails;
using Registry.Features.Models;
using Registry.Features.Organisations;
using Registry.Features.ProcessorActivities;
using Registry.Features.PublicRegisters;
using Registry.Features.ProviderRequests;
using Registry.Features.Records;
using Registry.Features.Reminders;
using Registry.Features.Requests;
using Registry.Features.Responsibilities;
using Registry.Features.Reviews;
using Registry.Features.Search;
using Registry.Features.Shared;
using Registry.Features.Systems;
using Registry.Features.ThirdParties;
using Registry.Features.Today;
using Registry.Features.Trainings;
using Registry.Files;
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
        services.AddScoped<OrganisationStore>();
        services.AddScoped<UnitStore>();
        services.AddScoped<Refusals>();
        services.AddScoped<AppointmentStore>();
        services.AddScoped<KnownPeople>();
        services.AddScoped<AreaStore>();
        services.AddScoped<HolidayStore>();
        services.AddScoped<MembershipStore>();
        services.AddScoped<CharterStore>();
        services.AddScoped<CharterDue>();
        services.AddScoped<CharterFigures>();
        services.AddScoped<TrainingStore>();
        services.AddScoped<PublicBodyStore>();
        services.AddScoped<PublicSheetStore>();
        services.AddScoped<PublicRegisterStore>();
        services.AddScoped<PublicBodies>();
        services.AddScoped<RecordStore>();
        services.AddScoped<SearchStore>();
        services.AddScoped<RecordFigures>();
        services.AddScoped<RecordListStore>();
        services.AddScoped<SavedViewStore>();
        services.AddScoped<OfficeStore>();
        services.AddScoped<RecordOpinionStore>();
        services.AddScoped<RecordDraftStore>();
        services.AddScoped<RecordBeforeStore>();
        services.AddScoped<RecordCommentStore>();
        services.AddScoped<RecordDesk>();
        services.AddScoped<SectionDesk>();
        services.AddScoped<VersionProof>();
        // A file goes the whole way in the demonstration too.
        var demoScanner = settings is { Demo: true, Clamd: null, Jobs: true } ? new DemoScanner() : null;
        if (demoScanner is not null) services.AddHostedService(_ => demoScanner);
        services.AddSingleton(new Clamd(demoScanner?.Address ?? settings.Clamd, demoScanner is not null));
        services.AddSingleton<FileScanner>();
        services.AddSingleton<LostCodes>();
        if (settings.Jobs)
        {
            services.AddHostedService(provider => provider.GetRequiredService<FileScanner>());
            services.AddHostedService(provider => provider.GetRequiredService<LostCodes>());
        }
        services.AddSingleton<FollowPass>();
        services.AddSingleton<FollowUp>();
        services.AddScoped<RequestFileStore>();
        services.AddScoped<RequestDialogueStore>();
        services.AddScoped<PersonMails>();
        services.AddScoped<StepConsequences>();
        services.AddSingleton<Portal>();
        services.AddScoped<RequestStore>();
        services.AddScoped<RequestListStore>();
        services.AddSingleton<RequestRecount>();
        if (settings.Jobs) services.AddHostedService(provider => provider.GetRequiredService<RequestRecount>());
        services.AddScoped<RequestsRunning>();
        services.AddScoped<SearchSheetStore>();
        services.AddScoped<SearchPlaces>();
        services.AddScoped<RequestDesk>();
        services.AddScoped<BreachStore>();
        services.AddScoped<BreachListStore>();
        services.AddScoped<BreachesRunning>();
        services.AddScoped<BreachDesk>();
        services.AddScoped<BreachExport>();
        services.AddScoped<ProviderIncidents>();
        services.AddScoped<IncidentStore>();
        services.AddScoped<IncidentFileStore>();
        services.AddScoped<IncidentDesk>();
        services.AddSingleton<Dossier>();
        services.AddScoped<ReviewStore>();
        services.AddScoped<ReviewsDue>();
        services.AddScoped<RecordsWaiting>();
        services.AddScoped<KnownThings>();
        services.AddScoped<RecordUses>();
        services.AddScoped<SystemStore>();
        services.AddScoped<ThirdPartyStore>();
        services.AddScoped<ProcessorActivityStore>();
        services.AddScoped<JointControllershipStore>();
        services.AddScoped<ConventionStore>();
        services.AddScoped<ConventionLifeStore>();
        services.AddScoped<IndicatorStore>();
        services.AddScoped<EscalationStore>();
        services.AddScoped<ConventionCourse>();
        services.AddScoped<ConventionDesk>();
        services.AddScoped<ConventionsDue>();
        services.AddScoped<AuthorityRequestStore>();
        services.AddScoped<AuthorityDesk>();
        services.AddScoped<AuthorityAlerts>();
        services.AddSingleton<AuthorityCall>();
        services.AddScoped<SearchTicketStore>();
        services.AddScoped<SearchAlerts>();
        services.AddSingleton<SearchCall>();
        services.AddScoped<ProviderRequestStore>();
        services.AddScoped<ProviderRequestDesk>();
        services.AddScoped<BreachTickets>();
        services.AddScoped<ProviderRequestAlerts>();
        services.AddScoped<ProviderRequestExport>();
        services.AddSingleton<ProviderRequestCourse>();
        if (settings.Jobs) services.AddHostedService(provider => provider.GetRequiredService<ProviderRequestCourse>());
        services.AddSingleton<AgeingRunner>();
        if (settings.Jobs) services.AddHostedService(provider => provider.GetRequiredService<AgeingRunner>());
        services.AddScoped<MatrixStore>();
        services.AddScoped<Responsibilities>();
        services.AddScoped<RecordDuties>();
        services.AddScoped<ControlStore>();
        services.AddScoped<AttestationDesk>();
        services.AddScoped<SystemControls>();
        services.AddScoped<EngagementStore>();
        services.AddScoped<SubProcessorStore>();
        services.AddScoped<EngagementDesk>();
        services.AddSingleton<SubProcessorClock>();
        services.AddHostedService(provider => provider.GetRequiredService<SubProcessorClock>());
        services.AddSingleton<ConventionClock>();
        services.AddHostedService(provider => provider.GetRequiredService<ConventionClock>());
        services.AddScoped<RegisterStore>();
        services.AddScoped<RegisterExport>();
        services.AddScoped<RegisterOnDay>();
        services.AddScoped<HandOverStore>();
        services.AddScoped<HandOverArchive>();
        services.AddScoped<HandOverProof>();
        services.AddScoped<RecordIntake>();
        services.AddScoped<ModelShelf>();
        services.AddScoped<RecordSource>();
        services.AddScoped<ModelStore>();
        services.AddScoped<RolloutStore>();
        services.AddScoped<RolloutWork>();
        services.AddScoped<RolloutStarter>();
        services.AddSingleton<WorkerDb>();
        services.AddSingleton<RolloutRunner>();
        services.AddHostedService(provider => provider.GetRequiredService<RolloutRunner>());
        services.AddSingleton<Outbox>();
        services.AddScoped<MailStore>();
        if (settings.Smtp is { } smtp)
        {
            services.AddSingleton(smtp);
            if (settings.Jobs) services.AddHostedService<MailWorker>();
        }
        services.AddScoped<ReminderStore>();
        services.AddScoped<AlertBell>();
        services.AddScoped<Notices>();
        services.AddScoped<NoticeMails>();
        services.AddScoped<Absences>();
        services.AddScoped<WeeklyWishes>();
        services.AddSingleton<WeeklyRunner>();
        if (settings.Jobs) services.AddHostedService(provider => provider.GetRequiredService<WeeklyRunner>());
        services.AddScoped<WorkMarkStore>();
        services.AddScoped<WorkList>();
        services.AddScoped<Agenda>();
        services.AddSingleton<MessageTemplates>();
        // What reminds, one line a kind of object.
        services.AddScoped<IAlertSource, RecordAlerts>();
        services.AddScoped<IAlertSource, AppointmentAlerts>();
        services.AddScoped<IAlertSource, BreachAlerts>();
        services.AddScoped<IAlertSource, RequestAlerts>();
        services.AddScoped<IAlertSource, SearchAlerts>();
        services.AddScoped<IAlertSource, ProviderRequestAlerts>();
        services.AddScoped<IAlertSource, AuthorityAlerts>();
        services.AddScoped<IAlertSource, ConventionAlerts>();
        services.AddScoped<IAlertSource, EngagementAlerts>();
        services.AddScoped<IAlertSource, ControlAlerts>();
        services.AddScoped<IAlertSource, BreachEntryAlerts>();
        services.AddScoped<IAlertSource, BreachEndingAlerts>();
        services.AddScoped<IAlertSource, IncidentAlerts>();
        services.AddScoped<IAlertSource, CharterAlerts>();
        if (settings.Jobs) services.AddHostedService<ReminderRunner>();
        services.AddSingleton(_ => new DocumentTemplates(Typography.French));
        services.AddSingleton(provider => new PdfPrinter(settings.Chromium, provider.GetRequiredService<ILogger<PdfPrinter>>()));
        services.AddScoped<DocumentStore>();
        services.AddScoped<DocumentDesk>();
        services.AddScoped<TemplateTextStore>();
        services.AddScoped<TemplateDesk>();
        services.AddScoped<DocumentNotices>();
        // What is printed, one line a kind of object.
        services.AddScoped<IDocumentSource, RecordDocuments>();
        services.AddScoped<IDocumentSource, NoticeDocuments>();
        services.AddScoped<IDocumentSource, BreachDocuments>();
        services.AddScoped<IDocumentSource, RequestDocuments>();
        services.AddScoped<IDocumentSource, ConventionDocuments>();
        services.AddScoped<IDocumentSource, MatrixDocuments>();
        services.AddScoped<IDocumentSource, AppointmentDocuments>();
        services.AddScoped<IDocumentSource, AuthorityDocuments>();
        services.AddScoped<IDocumentSource, ProcessorDocuments>();
        services.AddScoped<IDocumentSource, AccessLogDocuments>();
        services.AddScoped<IDocumentSource, PublicRegisterDocuments>();
        services.AddScoped<IDocumentSource, ConventionEndDocuments>();
        services.AddScoped<IDocumentSource, MeetingDocuments>();
        services.AddScoped<IDocumentSource, AnnualReportDocuments>();
        services.AddScoped<AnnualFiguresStore>();
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
