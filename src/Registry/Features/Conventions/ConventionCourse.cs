using Registry.Deadlines;
using Registry.History;

namespace Registry.Features.Conventions;

/// <summary>Lets time do to a convention what it does, and keeps the dates that lists sort by.</summary>
public sealed class ConventionCourse(ConventionStore store, ConventionLifeStore life, Journal journal)
{
    /// <summary>More periods than any convention had: a text that renews by the month since 1950.</summary>
    private const int MostTurns = 1000;

    private const string Clock = "Automate";

    /// <summary>Catches up with every turn that is due, then computes the dates anew. Null when somebody else changed it meanwhile.</summary>
    public async Task<Convention?> SettleAsync(Convention convention, ConventionSheet sheet, DateOnly today)
    {
        for (var turns = 0; turns < MostTurns && ConventionTurns.Next(convention, sheet, today) is { } turn; turns++)
        {
            var after = convention with
            {
                Status = ConventionStates.Code(turn.To),
                Renewals = turn.Renewals,
                EndsOn = turn.EndsOn ?? convention.EndsOn,
                EndReason = turn.EndReason ?? convention.EndReason,
            };
            if (!await store.MoveAsync(convention, after)) return null;
            convention = after with { Version = convention.Version + 1 };
            await life.AddEventAsync(convention, new(turn.EventKind, turn.On, null, null));
            journal.Record(new Event(convention.OrganisationId, HappeningOf(turn).Code, Convention.ObjectType, convention.Id,
                new EventDetails { Actor = Clock, Subject = $"{convention.Reference} · {Wording.French(turn.On)}" }));
        }
        var known = await life.ReadAsync(convention);
        if (Certificate(convention, sheet, known) is { } certificate)
        {
            if (!await store.MoveAsync(convention, convention with { DestroyedOn = certificate.DoneOn })) return null;
            convention = convention with { DestroyedOn = certificate.DoneOn, Version = convention.Version + 1 };
            await life.AddEventAsync(convention, new("DESTROYED", certificate.DoneOn, certificate.Document, null));
            journal.Record(new Event(convention.OrganisationId, Actions.DestructionProvided.Code, Convention.ObjectType, convention.Id,
                new EventDetails { Actor = Clock, Subject = $"{convention.Reference} · {Wording.French(certificate.DoneOn)} · {certificate.Document} · {certificate.GivenBy}" }));
            known = await life.ReadAsync(convention);
        }
        await store.KeepComputedAsync(convention, Compute(convention, sheet, known, today));
        return convention;
    }

    /// <summary>The certificate of destruction that the provider has given as the proof of what it owes (T-CV-10): it need not be written down a second time by the keeper.</summary>
    private static ConventionProof? Certificate(Convention convention, ConventionSheet sheet, ConventionLife known) =>
        convention is not { State: ConventionStatus.Restituted, RestitutedOn: { } minutes, DestroyedOn: null } ? null
        : known.Proofs.Where(proof => proof.DoneOn >= minutes && sheet.Obligations.Obligations.Exists(row => row.Code == proof.Code && row.ExpectedEvidence == "DESTRUCTION_CERTIFICATE")).MaxBy(proof => proof.DoneOn);

    /// <summary>A corrected effect or duration moves the periods of a convention in force with it. Null when somebody else changed it meanwhile.</summary>
    public async Task<Convention?> CorrectAsync(Convention convention, ConventionSheet sheet, DateOnly today)
    {
        if (convention.State != ConventionStatus.InForce || ConventionTerms.Duration(sheet.Duration.EffectiveOn ?? convention.EffectiveOn, sheet) is not { } duration) return convention;
        var after = convention with { EffectiveOn = duration.EffectiveOn, Renewals = ConventionTurns.RenewalsBy(duration, today) };
        if (after == convention) return convention;
        return await store.MoveAsync(convention, after) ? after with { Version = convention.Version + 1 } : null;
    }

    public static ConventionComputed Compute(Convention convention, ConventionSheet sheet, ConventionLife life, DateOnly today)
    {
        var next = ConventionDates.Next(ConventionDates.List(convention, sheet, life, today));
        return new(convention.State is ConventionStatus.InForce or ConventionStatus.Signed ? ConventionTerms.Term(convention, sheet)?.PeriodLastDay : null,
            next?.On, next?.Kind, next?.Subject, ConventionDates.LooksAgainOn(convention, sheet, today));
    }

    private static Happening HappeningOf(ConventionTurn turn) => turn.EventKind switch
    {
        "IN_FORCE" => Actions.ConventionInForce,
        "RENEWED" => Actions.ConventionRenewed,
        _ => Actions.ConventionTerminated,
    };
}
