using Registry.Access;
using Registry.Deadlines;
using Registry.Features.Records;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Breaches;

/// <summary>A file as its pages need it.</summary>
public sealed record BreachReading(Breach Breach, BreachSheet Sheet, IReadOnlyList<BreachEntry> Entries, BreachClock? Clock)
{
    public BreachState State => Breach.State;

    public RiskAssessment? Risk => Entries.LastOrDefault(entry => entry.Kind == EntryKinds.Assessment)?.Read<RiskAssessment>();

    /// <summary>An order of the authority to inform the persons, whoever noted it (article 34(4)).</summary>
    public bool OrderedByAuthority =>
        Entries.Any(entry => entry.Kind == EntryKinds.Exchange && entry.Read<AuthorityExchange>().OrdersCommunication)
        || Entries.Any(entry => entry.Kind == EntryKinds.Communication && entry.Read<PeopleCommunication>().Ordered);

    public bool WasNotified => Entries.Any(entry => entry.Kind == EntryKinds.Notification);

    public BreachFacts Facts(IReadOnlyList<DossierField>? missing = null)
    {
        var told = Entries.Where(entry => entry.Kind == EntryKinds.Communication).Select(entry => entry.Read<PeopleCommunication>()).ToList();
        return new BreachFacts
        {
            Aware = Breach.Moments.Awareness is not null, Risk = BreachStates.ParseRisk(Breach.RiskLevel), Described = Sheet.IsDescribed, PeopleTold = told.Count > 0,
            PublicCommunication = told.Exists(one => one.Public), OrderedByAuthority = OrderedByAuthority, Held = Breach.Held,
            // What is missing may be stated to be impossible (T-BR-08).
            DossierComplete = missing is { Count: 0 } || !string.IsNullOrWhiteSpace(Sheet.Measures.CannotBeFilled),
        };
    }
}

/// <summary>Brings a file together for a page, says what this person may do with it, and writes its events.</summary>
public sealed class BreachDesk(BreachStore store, Visitor visitor, Journal journal, Dossier dossier, TimeProvider clock)
{
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Null when there is none, or none for this visitor: who has only a small letter in the matrix reads what she reported herself.</summary>
    public async Task<BreachReading?> ReadAsync(string reference, bool toChange = false)
    {
        if (await store.FindAsync(reference, toChange) is not { } breach) return null;
        if (!visitor.Can(Function.Breaches, Right.Read) && breach.ReportedById != visitor.PersonId) return null;
        return new BreachReading(breach, breach.ReadSheet(), await store.EntriesAsync(breach.Id), breach.Clock(visitor.Organisation.Zone));
    }

    public bool MayWrite => visitor.Can(Function.Breaches, Right.Write);

    public Grant? GrantFor(BreachAct act) => visitor.Grants.FirstOrDefault(grant => act.IsFor(grant.Role.Code(), grant.Delegations));

    /// <summary>The steps that this person may take now; what the file still lacks is said on the page of the step.</summary>
    public IReadOnlyList<BreachAct> ActsFor(BreachReading reading) => [.. BreachStates.All.Where(act => act.Starts(reading.State) && GrantFor(act) is not null)];

    public async Task<IReadOnlyList<DossierSection>> DossierAsync(BreachReading reading) =>
        dossier.Of(reading.Breach, reading.Sheet, reading.Entries, await store.BodyAsync(), visitor.Organisation);

    /// <summary>The row once the step is taken, with the dates that the step brings.</summary>
    public static Breach After(BreachAct act, Breach breach, DateTimeOffset now)
    {
        var changed = breach.With(act.To(breach.State));
        return act.Id switch
        {
            "T-BR-05" or "T-BR-06" => changed with { DecidedAt = now },
            "T-IN-01" or "T-BR-03" or "T-BR-15" => changed with { ClosedAt = now },
            "T-BR-17" or "T-BR-17b" => changed with { Held = act.Id == "T-BR-17" },
            "T-BR-16" => changed with { ClosedAt = null, DecidedAt = changed.AuthorityStatus == "UNDECIDED" ? null : changed.DecidedAt },
            _ => changed,
        };
    }

    /// <summary>A step that decides something of the law is told as a decision.</summary>
    public static string EntryOf(BreachAct act) => act.Id is "T-BR-05" or "T-BR-06" or "T-BR-10" or "T-BR-11" or "T-BR-11b" or "T-BR-12" or "T-BR-12b" ? EntryKinds.Decision : EntryKinds.Step;

    /// <param name="reading">The file.</param>
    /// <param name="correct">Where the moments are corrected.</param>
    /// <param name="targetHours">Within which the convention asks its provider to alert; without one, the usual.</param>
    public ClockView? ClockOf(BreachReading reading, string? correct, int? targetHours = null)
    {
        if (reading.Clock is not { } running) return null;
        var (breach, awareness) = (reading.Breach, reading.Breach.Moments.Awareness!);
        var facts = new List<ClockFact>();
        void Fact(DateTimeOffset? at, string label, AwarenessSource? source = null)
        {
            if (at is { } moment) facts.Add(new(moment, label, source is not null && source == awareness.Source));
        }
        Fact(breach.StartedAt, Languages.Key("la violation commence"));
        Fact(breach.ProcessorAwareAt, Languages.Key("le prestataire le sait"));
        Fact(breach.ControllerAlertedAt, Languages.Key("l’organisme est alerté"), AwarenessSource.ControllerAlerted);
        Fact(breach.DpoInformedAt, Languages.Key("le délégué est informé"), AwarenessSource.DpoInformed);
        Fact(breach.FoundAt, Languages.Key("constatée en interne"), AwarenessSource.InternalFinding);
        Fact(breach.DecidedAt, Languages.Key("décision sur la notification"));
        Fact(breach.NotifiedAt, Languages.Key("première notification"));
        var picture = ClockPicture.Draw(running, facts, Now, breach.NotifiedAt, visitor.Organisation.Zone);
        return new(running, picture, Now, breach.NotifiedAt, BreachStates.Runs(reading.State),
            ProcessorAlert.Measure(breach.ProcessorAwareAt, breach.ControllerAlertedAt, breach.DpoInformedAt, targetHours ?? ProcessorAlert.DefaultTargetHours), visitor.Organisation.Zone, correct);
    }

    public void Tell(Happening happening, Breach breach, string? reason = null, IReadOnlyList<Change>? changes = null, string? sha256 = null, BreachAct? act = null)
    {
        if (act is not null && GrantFor(act) is { } grant) journal.Role = grant.Role.Code();
        var subject = act is null ? $"{breach.Reference} · {breach.Title}" : $"{breach.Reference} · {act.LabelKey}";
        journal.Record(new Event(visitor.Organisation.Id, happening.Code, Breach.ObjectType, breach.Id, new EventDetails
        {
            Subject = sha256 is null ? subject : EventDetails.WithFingerprint(subject, sha256), Reason = string.IsNullOrWhiteSpace(reason) ? null : reason, Changes = changes is { Count: > 0 } ? changes : null,
        }));
    }

    /// <summary>What the history keeps of moments that were corrected: old and new, in the organisation's own hours.</summary>
    public IReadOnlyList<Change> Changes(BreachMoments before, BreachMoments after) => Languages.InFrench<IReadOnlyList<Change>>(() =>
        [.. MomentFields.All.Where(field => field.Get(before) != field.Get(after)).Select(field => new Change(field.LabelKey, Text(field.Get(before)), Text(field.Get(after))))]);

    private string? Text(DateTimeOffset? at) => at is { } moment ? Dates.Instant(moment, visitor.Organisation.Zone) : null;
}
