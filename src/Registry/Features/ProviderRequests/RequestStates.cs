using Registry.Facts;
using Registry.Features.Shared;

namespace Registry.Features.ProviderRequests;

public enum RequestStatus { Draft, Submitted, RejectedNotAuthorised, InProgress, Executed, TechnicallyImpossible, Failed, Notified, Archived, Cancelled }

/// <summary>One line of the table of domain §3.5. <see cref="Natures"/>: ACCESS, RESTORATION or both.</summary>
public sealed record RequestMove(string Slug, string LabelKey, string[] Natures, RequestStatus From, RequestStatus To, string[] Who, bool NeedsText);

/// <summary>The lives of access requests and restorations: what is not in this table is refused (S-05).</summary>
public static class RequestStates
{
    public const string Submit = "transmettre", Reject = "rejeter", Cancel = "annuler", Take = "prendre", Execute = "executer", Impossible = "impossible", Fail = "echec",
        Notify = "notifier", NotifyFailure = "notifier-l-echec", Archive = "archiver";

    private const string Access = ProviderRequest.AccessNature, Restoration = ProviderRequest.RestorationNature;
    private static readonly string[] Both = [Access, Restoration];
    private static readonly string[] Asking = ["CORRESPONDENT", "CORRESPONDENT_DELEGATE"];
    private static readonly string[] Helpdesk = ["PROCESSOR_HELPDESK"];
    private static readonly string[] Automatic = ["SYSTEM"];

    public static IReadOnlyList<RequestMove> All { get; } =
    [
        new(Submit, Languages.Key("Transmettre au prestataire"), [Access], RequestStatus.Draft, RequestStatus.Submitted, Asking, false),
        new(Reject, Languages.Key("Rejeter : demandeur non habilité"), [Access], RequestStatus.Draft, RequestStatus.RejectedNotAuthorised, Automatic, false),
        new(Cancel, Languages.Key("Annuler la demande"), [Access], RequestStatus.Submitted, RequestStatus.Cancelled, Asking, false),
        new(Take, Languages.Key("Prendre en charge"), Both, RequestStatus.Submitted, RequestStatus.InProgress, Helpdesk, false),
        new(Execute, Languages.Key("C’est fait"), Both, RequestStatus.InProgress, RequestStatus.Executed, Helpdesk, true),
        new(Impossible, Languages.Key("Impossible techniquement"), [Access], RequestStatus.InProgress, RequestStatus.TechnicallyImpossible, Helpdesk, true),
        new(Fail, Languages.Key("La restauration a échoué"), [Restoration], RequestStatus.InProgress, RequestStatus.Failed, Helpdesk, true),
        new(Notify, Languages.Key("Notifier au demandeur"), Both, RequestStatus.Executed, RequestStatus.Notified, Automatic, false),
        new(NotifyFailure, Languages.Key("Notifier l’échec au demandeur"), [Restoration], RequestStatus.Failed, RequestStatus.Notified, Automatic, false),
        new(Archive, Languages.Key("Archiver"), Both, RequestStatus.Notified, RequestStatus.Archived, Automatic, false),
    ];

    public static IReadOnlyList<string> AllMessageKeys { get; } = [.. All.Select(move => move.LabelKey)];

    public static RequestMove? Find(string nature, RequestStatus from, string? slug) => All.FirstOrDefault(move => move.Slug == slug && move.From == from && move.Natures.Contains(nature));

    /// <summary>How long a notified request stays before it is archived.</summary>
    public static readonly TimeSpan BeforeArchive = TimeSpan.FromDays(30);

    public static bool IsOpen(RequestStatus status) => status is RequestStatus.Draft or RequestStatus.Submitted or RequestStatus.InProgress or RequestStatus.Executed or RequestStatus.Failed;

    public static string Code(RequestStatus status) => status switch
    {
        RequestStatus.RejectedNotAuthorised => "REJECTED_NOT_AUTHORISED",
        RequestStatus.InProgress => "IN_PROGRESS",
        RequestStatus.TechnicallyImpossible => "TECHNICALLY_IMPOSSIBLE",
        _ => status.ToString().ToUpperInvariant(),
    };

    public static RequestStatus Parse(string code) => Enum.GetValues<RequestStatus>().First(one => Code(one) == code);

    /// <summary>The two lives have their own words for what they share.</summary>
    public static string Word(ProviderRequest request) =>
        Vocabulary.Current.Label(!request.IsAccess && Vocabulary.Current.Contains("RestorationStatus", request.Status) ? "RestorationStatus" : "AccessRequestStatus", request.Status);

    public static int? Disc(RequestStatus status) => status switch
    {
        RequestStatus.Draft => 1,
        RequestStatus.Submitted => 2,
        RequestStatus.InProgress or RequestStatus.Executed or RequestStatus.Failed => 3,
        RequestStatus.Notified or RequestStatus.Archived => 4,
        _ => null,
    };

    /// <summary>Who acts next (a message key).</summary>
    public static string? Who(RequestStatus status) => status switch
    {
        RequestStatus.Draft => Languages.Key("au correspondant de transmettre"),
        RequestStatus.Submitted => Languages.Key("au prestataire de prendre en charge"),
        RequestStatus.InProgress => Languages.Key("au prestataire d’exécuter"),
        _ => null,
    };
}
