using Npgsql;

namespace Registry.Mail;

/// <summary>
/// Sends what waits in the outbox (S-93), several instances beside one another if there are. A mail is sent once unless the program is killed, or
/// the connection breaks, between the server's taking it and our marking it: that moment cannot be taken away, so the mail then goes out again
/// under the same Message-ID, by which a mailbox knows it for the same.
/// </summary>
public sealed class MailWorker(Outbox outbox, SmtpSettings settings, TimeProvider clock, ILogger<MailWorker> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PauseWhenAway = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            var away = true;
            try
            {
                away = !await RoundAsync(stoppingToken);
            }
            catch (Exception failed) when (failed is NpgsqlException or IOException or UnauthorizedAccessException)
            {
                // The database is away, or the file of the password: the mails wait, and so do we.
                log.LogError("Mail waits: {Reason}", failed.Message);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            await Task.Delay(away ? PauseWhenAway : Pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Sends everything that is due; false when the server turned out to be away. Asked to stop, it ends the mail in hand (S-95).</summary>
    public async Task<bool> RoundAsync(CancellationToken stop)
    {
        MailSender? sender = null;
        try
        {
            while (!stop.IsCancellationRequested && await outbox.TakeAsync(settings.From.Host, stop) is { } mail)
            {
                sender ??= new MailSender(settings);
                var delivery = await sender.SendAsync(mail);
                if (delivery.Reason is null)
                {
                    await outbox.SentAsync(mail);
                    continue;
                }
                // Nobody knows where that conversation stands: the next mail opens one of its own.
                sender.Dispose();
                sender = null;
                await outbox.FailedAsync(mail, delivery.Reason, delivery.ForGood);
                log.LogWarning("Mail {Mail} was not taken at try {Attempt}{Away}", mail.Id, mail.Attempts, delivery.Away ? ": the mail server is away" : "");
                if (delivery.Away) return false;
            }
            return true;
        }
        finally
        {
            sender?.Dispose();
        }
    }
}
