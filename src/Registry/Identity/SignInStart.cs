namespace Registry.Identity;

/// <summary>Refuses to start without what sign-in needs, rather than failing at the first visitor (S-41).</summary>
internal sealed class SignInStart(IServiceProvider services) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        services.GetRequiredService<PublicAddress>();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
