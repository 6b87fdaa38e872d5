using Registry.Files;
using Registry.Mail;

namespace Registry;

/// <summary>What the operator decides, from the environment. Secrets come from files (S-45); a missing one stops the start.</summary>
/// <param name="MigratorPasswordFile">For `roles` and `migrate` alone: the password of app_migrator, unless the server lets it in without one.</param>
/// <param name="Smtp">The mail server; without one, mail waits in the outbox and the pages say so.</param>
/// <param name="Clamd">The scanner of files; without one, files wait and nobody is given them.</param>
/// <param name="Jobs">Mail and reminders are this instance's work too; REGISTRY_JOBS=off makes it serve pages only.</param>
/// <param name="Chromium">What prints PDF: a file or a name on the path; without it the usual names are looked for.</param>
/// <param name="ArchivePassphraseFile">For `export` and `import` alone: what encrypts an archive; without it, it is asked for.</param>
/// <param name="AnchorFile">Where the anchors of the history are kept: beside the key file, unless REGISTRY_ANCHOR_FILE names a better volume.</param>
public sealed record Settings(string Database, string? KeyFile, string AnchorFile, bool Demo, string? MigratorPasswordFile = null, SmtpSettings? Smtp = null, bool Jobs = true, ClamdAddress? Clamd = null, string? Chromium = null, string? ArchivePassphraseFile = null)
{
    public static Settings Read(IConfiguration configuration) => new(
        configuration["REGISTRY_DATABASE"] is { Length: > 0 } database
            ? database
            : throw new InvalidOperationException("REGISTRY_DATABASE is not set: give the connection string of the PostgreSQL database."),
        configuration["REGISTRY_KEY_FILE"],
        configuration["REGISTRY_ANCHOR_FILE"] is { Length: > 0 } anchors ? anchors : configuration["REGISTRY_KEY_FILE"] + ".anchors",
        configuration["REGISTRY_DEMO"] == "1",
        configuration["REGISTRY_MIGRATOR_PASSWORD_FILE"] is { Length: > 0 } password ? password : null,
        SmtpSettings.Read(configuration),
        configuration["REGISTRY_JOBS"] != "off",
        configuration["REGISTRY_CLAMD"] is { Length: > 0 } clamd ? ClamdAddress.Read(clamd) : null, configuration["REGISTRY_CHROMIUM"],
        configuration["REGISTRY_ARCHIVE_PASSPHRASE_FILE"] is { Length: > 0 } passphrase ? passphrase : null);
}
