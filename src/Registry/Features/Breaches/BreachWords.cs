using Registry.Facts;
using Registry.Features.Shared;

namespace Registry.Features.Breaches;

/// <summary>How the three lives are shown: disc, word, and who acts next (message keys).</summary>
public static class BreachWords
{
    public static int Disc(BreachStatus status) => status switch { BreachStatus.Reported or BreachStatus.Open => 1, BreachStatus.Assessing or BreachStatus.Confirmed => 2, BreachStatus.Handled => 3, _ => 4 };

    public static int Disc(AuthorityStatus status) => status switch { AuthorityStatus.Undecided => 1, AuthorityStatus.ToNotify => 2, AuthorityStatus.InitialSent => 3, _ => 4 };

    public static int Disc(PeopleStatus status) => status switch { PeopleStatus.Undecided => 1, PeopleStatus.ToInform => 2, _ => 4 };

    public static string? Who(BreachState state, string? bodyType) => (state.Status, state.Authority, BodyHeads.Of(bodyType)) switch
    {
        (BreachStatus.Open, _, _) => Languages.Key("au correspondant de clore ou de requalifier"),
        (BreachStatus.Reported, _, _) => Languages.Key("au délégué ou au correspondant de qualifier"),
        (BreachStatus.Assessing, _, _) => Languages.Key("au correspondant de confirmer"),
        (BreachStatus.Confirmed, AuthorityStatus.ToNotify, _) => Languages.Key("notification à déposer"),
        (BreachStatus.Confirmed, AuthorityStatus.InitialSent, _) => Languages.Key("notification à compléter"),
        (BreachStatus.Confirmed, AuthorityStatus.Undecided, BodyHead.Mayor) => Languages.Key("au maire de décider"),
        (BreachStatus.Confirmed, AuthorityStatus.Undecided, BodyHead.President) => Languages.Key("à la présidence de décider"),
        (BreachStatus.Confirmed, AuthorityStatus.Undecided, _) => Languages.Key("au représentant de décider"),
        (BreachStatus.Confirmed, _, _) => Languages.Key("au correspondant de traiter"),
        (BreachStatus.Handled, _, BodyHead.Mayor) => Languages.Key("au maire de clore"),
        (BreachStatus.Handled, _, BodyHead.President) => Languages.Key("à la présidence de clore"),
        (BreachStatus.Handled, _, _) => Languages.Key("au représentant de clore"),
        _ => null,
    };

    /// <summary>Whose turn it is, by the codes of their roles.</summary>
    public static string[] Turn(BreachState state) => (state.Status, state.Authority) switch
    {
        (BreachStatus.Reported, _) => ["DPO", "DPO_ASSISTANT", "CORRESPONDENT"],
        (BreachStatus.Confirmed, AuthorityStatus.Undecided) or (BreachStatus.Handled, _) => ["CONTROLLER_REP"],
        (BreachStatus.Confirmed, AuthorityStatus.ToNotify or AuthorityStatus.InitialSent) => ["DPO", "CORRESPONDENT", "CONTROLLER_REP"],
        _ => ["CORRESPONDENT"],
    };

    /// <summary>An entry in one line, and what stands under it.</summary>
    public static (string Title, string? Text) Of(BreachEntry entry, Func<string, string> say)
    {
        var vocabulary = Vocabulary.Current;
        switch (entry.Kind)
        {
            case EntryKinds.Assessment:
                var risk = entry.Read<RiskAssessment>();
                return ($"{say(EntryKinds.Word(entry.Kind))} : {vocabulary.Label("BreachRiskLevel", risk.Level)}", risk.Reason);
            case EntryKinds.Notification:
                var sent = entry.Read<NotificationSent>();
                return ($"{say(EntryKinds.Word(entry.Kind))} : {vocabulary.Label("CnilNotificationKind", sent.Kind)}{(sent.Number is null ? "" : " · " + sent.Number)}", sent.DelayReason ?? sent.Note);
            case EntryKinds.Communication:
                var told = entry.Read<PeopleCommunication>();
                return ($"{say(EntryKinds.Word(entry.Kind))} : {string.Join(", ", told.Channels.Select(one => vocabulary.Label("CommunicationChannel", one)))}", told.Text);
            case EntryKinds.Exchange:
                var exchange = entry.Read<AuthorityExchange>();
                return ($"{say(NoteForm.Directions.First(one => one.Value == exchange.Direction).Label)} · {exchange.With}", exchange.Text);
            case EntryKinds.Told:
                var person = entry.Read<PersonTold>();
                return ($"{say(EntryKinds.Word(entry.Kind))} : {person.Who}", vocabulary.Label("CommunicationChannel", person.Channel));
            default:
                var step = entry.Read<StepTaken>();
                var act = BreachStates.All.FirstOrDefault(one => one.Slug == step.Act);
                var text = string.Join("\n", new[] { step.Exemption is null ? null : vocabulary.Label("Article34Exemption", step.Exemption), step.Reason, step.Lessons, step.Actions }.Where(part => !string.IsNullOrEmpty(part)));
                return (act is null ? step.Act : say(act.LabelKey), text.Length == 0 ? null : text);
        }
    }
}
