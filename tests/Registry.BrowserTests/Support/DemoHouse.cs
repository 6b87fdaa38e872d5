using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Registry.BrowserTests.Support;
using Registry.Demo;
using Registry.Identity;
using Registry.Tests.Support;

[assembly: AssemblyFixture(typeof(DemoHouse))]

namespace Registry.BrowserTests.Support;

/// <summary>
/// The page fixture with a port: the real server on the demonstration, in a database of its own. The tests share one; a journey that
/// uses the demonstration up (the sheet that only one visitor can take) opens another.
/// </summary>
public sealed class DemoHouse : RegistryFixture
{
    /// <summary>As a visitor types it. A name, because browsers keep secure cookies without TLS on localhost alone.</summary>
    public string Address { get; private set; } = "";

    /// <summary>Journeys go straight to PostgreSQL, with prepared statements, as most deployments do; the page tests go through a pooler.</summary>
    public override string ProgramConnectionString => ConnectionString;

    private TimeProvider? _clock;

    /// <param name="clock">The time it is in the house; ahead of the machine's.</param>
    public static async Task<DemoHouse> OpenAsync(TimeProvider? clock = null)
    {
        var house = new DemoHouse { _clock = clock };
        await house.InitializeAsync();
        return house;
    }

    /// <summary>Somebody of a town of the test's own, who enters with one click as the demonstration's people do.</summary>
    public async Task<string> AdmitAsync(Town town, string kind)
    {
        var person = await town.AppointAsync(kind);
        var code = "walk-" + person.ToString("n");
        await Services.GetRequiredService<Accounts>().CreateDemoAsync(person, "Personne " + kind, code + "@test.example", code, kind);
        return code;
    }

    public override async ValueTask InitializeAsync()
    {
        _ = ConnectionString;  // says what is missing when no server is named: a browser test without a database does not exist
        await base.InitializeAsync();
        await DemoData.LoadAsync(ConnectionString, Keys);
        UseKestrel(0);
        StartServer();
        var bound = Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        Address = $"http://localhost:{new Uri(bound).Port}";
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseSetting("REGISTRY_DEMO", "1");
        builder.UseSetting("urls", "http://localhost:0");
        if (_clock is { } clock) builder.ConfigureTestServices(services => services.AddSingleton(clock));
    }
}
