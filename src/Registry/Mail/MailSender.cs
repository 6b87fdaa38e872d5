using System.Net.Mail;
using System.Text;
using System.Text.RegularExpressions;

namespace Registry.Mail;

/// <summary>What became of one try.</summary>
/// <param name="Reason">Null when the server took the mail; else what it said, without addresses.</param>
/// <param name="ForGood">It will never take it: the address cannot be written to.</param>
/// <param name="Away">The server cannot be reached or talked to: other mails would fare no better now.</param>
public sealed record Delivery(string? Reason = null, bool ForGood = false, bool Away = false);

/// <summary>One conversation with the mail server, for as many mails as a round sends.</summary>
public sealed partial class MailSender : IDisposable
{
    /// <summary>Below the 25 seconds that a stopping server has (S-95): the mail in hand is always ended.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private const int LongestReason = 300;

    private readonly SmtpClient _client;
    private readonly MailAddress _from;

    public MailSender(SmtpSettings settings)
    {
        _from = settings.From;
        _client = new SmtpClient(settings.Host, settings.Port) { EnableSsl = settings.Tls, DeliveryFormat = SmtpDeliveryFormat.SevenBit };
        if (settings.Credentials is { } credentials) _client.Credentials = credentials;
    }

    public async Task<Delivery> SendAsync(TakenMail mail)
    {
        // One address and nothing else, before the @ in the letters that every server understands.
        if (!MailAddress.TryCreate(mail.Recipient, out var to) || !string.Equals(to.Address, mail.Recipient, StringComparison.OrdinalIgnoreCase) || !to.User.All(char.IsAscii))
            return new Delivery("not an address", ForGood: true);
        using var message = new MailMessage(_from, to)
        {
            Subject = mail.Subject, SubjectEncoding = Encoding.UTF8,
            Body = mail.Body.ReplaceLineEndings("\r\n"), BodyEncoding = Encoding.UTF8,
        };
        message.Headers.Add("Message-ID", $"<{mail.MessageId}>");
        // No machine answers a machine (RFC 3834).
        message.Headers.Add("Auto-Submitted", "auto-generated");
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            await _client.SendMailAsync(message, limit.Token);
            return new Delivery();
        }
        catch (SmtpFailedRecipientException refused)
        {
            return new Delivery(Words(refused), ForGood: refused.StatusCode is SmtpStatusCode.MailboxUnavailable or SmtpStatusCode.MailboxNameNotAllowed);
        }
        catch (SmtpException failed)
        {
            return new Delivery(Words(failed), Away: failed.StatusCode is not (SmtpStatusCode.TransactionFailed or SmtpStatusCode.ExceededStorageAllocation));
        }
        catch (OperationCanceledException)
        {
            return new Delivery($"no answer within {Limit.TotalSeconds:0} s", Away: true);
        }
    }

    /// <summary>The server's words without the addresses that it repeats: they are read by the operator (S-102).</summary>
    private static string Words(SmtpException failed)
    {
        var said = $"{(int)failed.StatusCode} {failed.Message} {failed.InnerException?.Message}";
        var clean = Address().Replace(new string([.. said.Select(letter => char.IsControl(letter) ? ' ' : letter)]), "…").Trim();
        return clean.Length > LongestReason ? clean[..LongestReason] : clean;
    }

    public void Dispose() => _client.Dispose();

    [GeneratedRegex(@"[^\s<>:]+@[^\s<>:]+")]
    private static partial Regex Address();
}
