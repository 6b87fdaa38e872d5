using System.Text.Json;
using Dapper;
using Registry.Access;
using Registry.Data;
using Registry.Facts;
using Registry.Features.Shared;

namespace Registry.Features.Records;

/// <summary>A page of a list of records, with what its filters may be set to.</summary>
public sealed record Register
{
    public required IReadOnlyList<RecordLine> Lines { get; init; }
    public required IReadOnlyDictionary<string, int> Counts { get; init; }
    public required RegisterChoices Choices { get; init; }
    public required IReadOnlyList<SavedView> Views { get; init; }

    public int CountOf(IEnumerable<string> statuses) => statuses.Sum(status => Counts.GetValueOrDefault(status));
}

public sealed record RegisterChoices
{
    public string[] Units { get; init; } = [];
    public string[] Tags { get; init; } = [];
    public string[] Slugs { get; init; } = [];
    public string[] Names { get; init; } = [];
}

public sealed record SavedView
{
    public required string Name { get; init; }
    public required string Query { get; init; }
    public required bool Opens { get; init; }
}

/// <summary>The list of records: of the organisation of the address, or over all within reach.</summary>
public sealed class RecordListStore(Db db, Visitor visitor, TimeProvider clock)
{
    public DateOnly Today => visitor.OrganisationOrNull?.Today(clock) ?? DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), Dates.Paris).DateTime);

    /// <summary>In one round trip. The tenants come first: words and labels may use no index of theirs under the policies (S-56).</summary>
    public async Task<Register> ListAsync(RecordFilter filter)
    {
        var connection = await db.OpenAsync();
        var organisation = visitor.OrganisationOrNull?.Id;
        string[] kinds = [.. visitor.Grants.Select(grant => grant.Kind).Distinct()];
        var text = string.Join(";\n", RecordListQuery.Lines(filter, organisation is null), RecordListQuery.Choices(organisation is null),
            "select name, query, opens from saved_view where person_id = @person and organisation_id is not distinct from @organisation and query is not null order by name");
        using var answers = await connection.QueryMultipleAsync(text,
            new
            {
                organisation, person = visitor.PersonId, kinds, drafts = kinds.Any(RecordReaders.Drafters.Contains), delegations = visitor.Delegations.ToArray(),
                RecordReaders.Drafters, RecordReaders.Readers, today = Today, filter.Page, filter.Size, statuses = filter.Statuses, order = Order,
                organisations = filter.Organisations.ToArray(), units = filter.Units.ToArray(), domains = filter.Domains.ToArray(), models = filter.Models.ToArray(), tags = filter.Tags.ToArray(),
                words = SearchWords.Of(filter.Text), number = SearchWords.Number(filter.Text),
            });
        var lines = (await answers.ReadAsync<RecordLine>()).AsList();
        return new Register
        {
            Counts = JsonSerializer.Deserialize<Dictionary<string, int>>(lines[0].ByStatus)!,
            Lines = lines[0].Slug is null ? [] : lines,
            Choices = await answers.ReadSingleAsync<RegisterChoices>(),
            Views = (await answers.ReadAsync<SavedView>()).AsList(),
        };
    }

    /// <summary>From the first state of a record's life to the last.</summary>
    private static readonly string[] Order = [.. RecordStates.Faces.Select(face => face.Code)];
}
