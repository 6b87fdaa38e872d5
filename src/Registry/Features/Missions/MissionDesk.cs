using Registry.Access;
using Registry.Features.Records;
using Registry.History;

namespace Registry.Features.Missions;

/// <summary>A statement with the days in it, as it stands today.</summary>
public sealed record StatementReading(Mission Mission, MonthlyStatement Statement, IReadOnlyList<Intervention> Lines)
{
    /// <summary>As it was sent; until then, as the days of the month make it.</summary>
    public decimal Days => StatementStates.IsFrozen(Statement.State) ? Statement.TotalDays!.Value : Lines.Sum(line => line.Days);
    public decimal Amount => StatementStates.IsFrozen(Statement.State) ? Statement.Amount!.Value : Days * Mission.DailyRate;
}

/// <summary>What the visitor may do with a mission and its statements, and the rows and lines that each step leaves.</summary>
public sealed class MissionDesk(MissionStore missions, InterventionStore interventions, Visitor visitor, Journal journal, TimeProvider clock)
{
    public DateOnly Today => visitor.Organisation.Today(clock);
    public bool MayWrite => visitor.Can(Function.Interventions, Right.Write);
    public bool MayPlan => visitor.Can(Function.Audits, Right.Write);

    public Grant? GrantFor(MissionMove move) => visitor.Grants.FirstOrDefault(grant => move.Who.Contains(grant.Role.Code()));

    public Grant? GrantFor(StatementMove move) => visitor.Grants.FirstOrDefault(grant => StatementStates.Takes(move, grant.Role, grant.Delegations));

    public static MissionMove? Find(Mission mission, string? slug) =>
        MissionStates.All.FirstOrDefault(move => move.Slug == slug && MissionStates.Allows(move, mission.State, mission.SentOn is not null, mission.InitialDays, mission.OngoingDays));

    public IReadOnlyList<MissionMove> MovesFor(Mission mission) =>
        [.. MissionStates.All.Where(move => MissionStates.Allows(move, mission.State, mission.SentOn is not null, mission.InitialDays, mission.OngoingDays) && GrantFor(move) is not null)];

    public StatementMove? Find(StatementReading reading, string? slug) =>
        StatementStates.All.FirstOrDefault(move => move.Slug == slug && StatementStates.Allows(move, reading.Statement.State, reading.Statement.Month, reading.Days, Today));

    public IReadOnlyList<StatementMove> MovesFor(StatementReading reading) =>
        [.. StatementStates.All.Where(move => StatementStates.Allows(move, reading.Statement.State, reading.Statement.Month, reading.Days, Today) && GrantFor(move) is not null)];

    public async Task<StatementReading?> ReadAsync(string reference, bool toChange = false)
    {
        if (MonthlyStatement.MonthOf(reference) is not { } month || await interventions.StatementAsync(month) is not { } statement) return null;
        var mission = (await missions.FindAsync(statement.MissionId, toChange))!;
        // Read again behind the lock: days and statement of a mission change one after the other.
        if (toChange) statement = (await interventions.StatementAsync(month))!;
        return new(mission, statement, [.. (await interventions.ListAsync(mission.Id, month)).Where(mission.IsInvoiced).OrderBy(line => line.HeldOn)]);
    }

    /// <summary>False when it moved meanwhile, or another mission runs already.</summary>
    public async Task<bool> TakeAsync(MissionMove move, Mission mission)
    {
        var after = mission with { Phase = MissionStates.Code(move.To) };
        after = move.Slug switch
        {
            MissionStates.Send => after with { SentOn = Today },
            MissionStates.Validate => after with { ValidatedOn = Today, ValidatedBy = visitor.Name },
            MissionStates.End => after with { EndedOn = Today },
            _ => after,
        };
        if (move.From != move.To && move.To == MissionPhase.InitialCompliance) after = after with { InitialFrom = Today };
        // What was done today belongs to the phase in which it was done: the follow-up begins the day after.
        if (move.To == MissionPhase.OngoingMutualisation) after = after with { OngoingFrom = move.From == MissionPhase.InitialCompliance ? Today.AddDays(1) : Today };
        if (!await missions.MoveAsync(after)) return false;
        journal.Role = GrantFor(move)!.Role.Code();
        Tell(Actions.MissionStepped, Mission.ObjectType, mission.Id, $"{mission.Title} · {move.LabelKey}");
        return true;
    }

    /// <summary>False when it moved meanwhile.</summary>
    public async Task<bool> TakeAsync(StatementMove move, StatementReading reading, string? dispute)
    {
        var (before, calendar) = (reading.Statement, visitor.Organisation.Calendar);
        var after = before with { Status = StatementStates.Code(move.To) };
        after = move.Slug switch
        {
            StatementStates.Send => after with
            {
                TotalDays = reading.Days,
                Amount = reading.Days * reading.Mission.DailyRate,
                SentOn = Today,
                SentBy = visitor.Name,
                DueOn = MonthlyStatement.Due(Today, StatementStates.WorkingDaysToValidate, calendar).DueOn,
                LateOn = MonthlyStatement.Due(Today, StatementStates.WorkingDaysUntilLate, calendar).DueOn,
            },
            StatementStates.Validate => after with { ValidatedOn = Today, ValidatedBy = visitor.Name },
            StatementStates.Dispute => after with { Dispute = dispute, DisputedBy = visitor.Name },
            StatementStates.Invoice => after with { InvoicedOn = Today },
            _ => after,
        };
        if (!await interventions.MoveAsync(after)) return false;
        journal.Role = GrantFor(move)!.Role.Code();
        Tell(Actions.StatementStepped, MonthlyStatement.ObjectType, before.Id, $"{before.Reference} · {move.LabelKey}", move.Slug == StatementStates.Dispute ? dispute : null);
        return true;
    }

    public void Tell(Happening happening, string kind, Guid id, string subject, string? reason = null, IReadOnlyList<Change>? changes = null) =>
        journal.Record(new Event(visitor.Organisation.Id, happening.Code, kind, id, new EventDetails { Subject = subject, Reason = reason, Changes = changes is { Count: > 0 } ? changes : null }));

    /// <summary>The form of a part that is one by itself.</summary>
    public static IReadOnlyList<FormField> Describe(object form) => new SheetForm(new Sheet()) { MarksOptional = true }.Describe(form);
}
