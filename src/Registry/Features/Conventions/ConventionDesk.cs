using Registry.Access;
using Registry.Deadlines;
using Registry.History;

namespace Registry.Features.Conventions;

/// <summary>A convention as its pages need it: text, life, and what follows from them today.</summary>
/// <param name="Keeps">The visitor stands in the organisation that keeps it; else she reads it as a party.</param>
public sealed record ConventionReading(Convention Convention, ConventionSheet Sheet, ConventionLife Life, DateOnly Today, bool Keeps)
{
    /// <summary>Who answers for what is shown to those whom F11 names.</summary>
    public bool ReadsMatrix { get; init; }
    public bool ReadsClauses { get; init; }
    public bool ReadsIndicators { get; init; }
    public ConventionTerm? Term { get; } = ConventionTerms.Term(Convention, Sheet);
    public IReadOnlyList<ConventionDate> Dates { get; } = ConventionDates.List(Convention, Sheet, Life, Today);
    public IReadOnlyList<ObligationState> Obligations { get; } = ObligationDates.List(Convention, Sheet, Life.Proofs, Today);
    public ConventionDate? Next => ConventionDates.Next(Dates);

    public IEnumerable<PartyRow> Of(string role) => Sheet.Parties.Parties.Where(party => party.Role == role);

    public double? Article28Score => Article28.Score(Sheet.Article28);
}

/// <summary>Brings a convention together for a page, says who may do what to it, and writes its events.</summary>
public sealed class ConventionDesk(ConventionStore store, ConventionLifeStore life, ConventionCourse course, Visitor visitor, Journal journal, TimeProvider clock)
{
    public DateOnly Today => visitor.Organisation.Today(clock);

    public async Task<ConventionReading?> ReadAsync(string named, bool toChange = false) =>
        await store.FindAsync(named, toChange) is not { } convention ? null
        : new(convention, convention.Read(), await life.ReadAsync(convention), Today, convention.OrganisationId == visitor.Organisation.Id)
        {
            ReadsMatrix = visitor.Can(Function.ResponsibilityMatrix, Right.ReadOwn), ReadsClauses = visitor.Can(Function.ResponsibilityMatrix, Right.Read), ReadsIndicators = visitor.Can(Function.Indicators, Right.ReadOwn),
        };

    public string At(Convention convention, string rest = "") =>
        $"/o/{visitor.Organisation.Slug}/conventions/{(convention.OrganisationId == visitor.Organisation.Id ? convention.Reference : convention.Id.ToString())}{rest}";

    public bool MayEdit(ConventionReading reading) =>
        reading.Keeps && ConventionStates.MayEdit(reading.Convention.State) && visitor.Can(Function.Conventions, Right.WriteOwn);

    public bool MayDo(ConventionAct act, ConventionReading reading) => reading.Keeps && act.Who.Any(visitor.RoleCodes.Contains);

    public IReadOnlyList<ConventionAct> ActsFor(ConventionReading reading) =>
        reading.Keeps ? ConventionStates.Allowed(reading.Convention.State, visitor.RoleCodes) : [];

    public bool MayKeepMeetings(ConventionReading reading) => reading.Keeps && visitor.Can(Function.Meetings, Right.WriteOwn);

    /// <summary>The people of the provider measure what it promised (F28).</summary>
    public bool MayMeasure(ConventionReading reading) =>
        visitor.Can(Function.Indicators, Right.WriteOwn) && reading.Convention.State is not (ConventionStatus.Draft or ConventionStatus.Abandoned or ConventionStatus.Closed)
        && reading.Of("PROVIDER").Any(party => party.OrganisationId == visitor.Organisation.Id.ToString());

    public bool MayRevisePrices(ConventionReading reading) =>
        reading.Keeps && ConventionStates.Runs(reading.Convention.State) && (visitor.Can(Function.Conventions, Right.WriteOwn) || visitor.Can(Function.Conventions, Right.Decide));

    /// <summary>The keeper's own people prove anything; the others what their side owes (F12).</summary>
    public bool MayProve(ConventionReading reading, ObligationRow row) =>
        reading.Convention.State is not (ConventionStatus.Draft or ConventionStatus.Abandoned or ConventionStatus.Closed)
        && ((reading.Keeps && visitor.Can(Function.Obligations, Right.Write))
            || (visitor.Can(Function.Obligations, Right.WriteOwn)
                && reading.Sheet.Parties.Parties.Any(party => party.OrganisationId == visitor.Organisation.Id.ToString() && (row.Debtor is null or "BOTH" || party.Role == row.Debtor))));

    /// <summary>Links a party to the organisation of its name: within reach, or the one it was linked to before (never what was posted).</summary>
    public async Task LinkAsync(ConventionParties parties, ConventionParties? before = null)
    {
        var known = await store.KnownBodiesAsync();
        foreach (var party in parties.Parties)
        {
            var kept = before?.Parties.Find(old => old.Name == party.Name && old.OrganisationId is not null)?.OrganisationId;
            party.OrganisationId = kept ?? known.Where(body => string.Equals(body.Name, party.Name, StringComparison.OrdinalIgnoreCase) || (body.Siren is not null && body.Siren == party.Siren))
                .Select(body => body.Id.ToString()).FirstOrDefault();
        }
    }

    public Task<Convention?> SettleAsync(Convention convention, ConventionSheet sheet) => course.SettleAsync(convention, sheet, Today);

    /// <summary>The same after the text was corrected.</summary>
    public async Task<Convention?> ResettleAsync(Convention convention, ConventionSheet sheet) =>
        await course.CorrectAsync(convention, sheet, Today) is { } corrected ? await course.SettleAsync(corrected, sheet, Today) : null;

    public void Tell(Happening happening, Convention convention, string? subject = null, string? reason = null, IReadOnlyList<Change>? changes = null) =>
        journal.Record(new Event(visitor.Organisation.Id, happening.Code, Convention.ObjectType, convention.Id,
            new EventDetails { Subject = subject ?? $"{convention.Reference} · {convention.Title}", Reason = string.IsNullOrWhiteSpace(reason) ? null : reason, Changes = changes is { Count: > 0 } ? changes : null }));

    /// <summary>The line of an act names the role in which it was done.</summary>
    public void Tell(ConventionAct act, Happening happening, Convention convention, string subject, string? reason)
    {
        if (visitor.Grants.FirstOrDefault(grant => act.Who.Contains(grant.Role.Code())) is { } grant) journal.Role = grant.Role.Code();
        Tell(happening, convention, subject, reason);
    }
}
