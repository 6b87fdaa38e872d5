using System.Net;
using System.Net.Mail;

namespace Registry.Mail;

/// <summary>The server that mail leaves through. Without REGISTRY_SMTP_HOST there is none: mail waits in the outbox.</summary>
public sealed record SmtpSettings(string Host, int Port, MailAddress From, bool Tls, string? User, string? PasswordFile)
{
    private const int Submission = 587;

    public static SmtpSettings? Read(IConfiguration configuration)
    {
        if (configuration["REGISTRY_SMTP_HOST"] is not { Length: > 0 } host) return null;
        var port = configuration["REGISTRY_SMTP_PORT"] is { Length: > 0 } number
            ? int.TryParse(number, out var given) && given is > 0 and <= 65535 ? given : throw new InvalidOperationException($"REGISTRY_SMTP_PORT is no port: {number}.")
            : Submission;
        if (port == 465) throw new InvalidOperationException("REGISTRY_SMTP_PORT is 465, which is TLS from the first byte: give the port where the server offers STARTTLS, usually 587.");
        var from = MailAddress.TryCreate(configuration["REGISTRY_SMTP_FROM"], out var address)
            ? address
            : throw new InvalidOperationException("REGISTRY_SMTP_FROM is not set: give the address that mail comes from, as registre@exemple.fr.");
        var tls = configuration["REGISTRY_SMTP_TLS"] != "off";
        // Mail and password cross no network in the clear (S-47).
        if (!tls && !IsThisMachine(host)) throw new InvalidOperationException($"REGISTRY_SMTP_TLS=off is for a relay on this machine only, not for {host}.");
        var user = configuration["REGISTRY_SMTP_USER"] is { Length: > 0 } name ? name : null;
        var file = configuration["REGISTRY_SMTP_PASSWORD_FILE"] is { Length: > 0 } path ? path : null;
        if (user is null != file is null) throw new InvalidOperationException("REGISTRY_SMTP_USER and REGISTRY_SMTP_PASSWORD_FILE go together: give both or neither.");
        if (!tls && user is not null) throw new InvalidOperationException("REGISTRY_SMTP_USER needs STARTTLS: take REGISTRY_SMTP_TLS=off away.");
        return new SmtpSettings(host, port, from, tls, user, file);
    }

    /// <summary>Read at each round: a new password needs no restart.</summary>
    public NetworkCredential? Credentials => User is null ? null : new NetworkCredential(User, File.ReadAllText(PasswordFile!).Trim());

    private static bool IsThisMachine(string host) => host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
