using Dapper;
using Registry.Data;

namespace Registry.Identity;

/// <summary>Where a person with an account is written to, and in which language.</summary>
public sealed record Recipient
{
    public required string Email { get; init; }
    public required string Locale { get; init; }

    /// <summary>Her account is not shut.</summary>
    public required bool MayBeWrittenTo { get; init; }
}

/// <summary>What jobs ask of accounts: address and language of a person.</summary>
public sealed class Recipients(SignInDb db)
{
    /// <summary>Null for somebody without an account.</summary>
    public Task<Recipient?> FindAsync(Guid person) => db.RunAsync(connection => connection.QuerySingleOrDefaultAsync<Recipient>(
        "select email, locale, status <> 'DISABLED' as may_be_written_to from identity.account where person_id = @person", new { person }));

    /// <summary>The language of her mails; that of the pages is a cookie of her browser.</summary>
    public Task SpeakAsync(Guid person, string locale) => db.RunAsync(connection =>
        connection.ExecuteAsync("update identity.account set locale = @locale, version = version + 1 where person_id = @person and locale <> @locale", new { person, locale }));
}
