using Registry.Facts;
using Registry.Features.Shared;

namespace Registry.Features.ProviderRequests;

public enum ProviderRequestStatus { Draft, Submitted, RejectedNotAuthorised, InProgress, Executed, TechnicallyImpossible, Failed, Notified, Archived, Cancelled }

/// <summary>One line of the table of domain §3.5. <see cref="Natures"/>: those of ACCESS, RESTORATION and TICKET that have it; a ticket lives as an access request, but for drafts.</summary>
public sealed record ProviderRequestMove(string Slug, string LabelKey, string[] Natures, ProviderRequestStatus From, ProviderRequestStatus To, string[] Who, bool NeedsText);

/// <summary>The lives of access requests, restorations and tickets: what is not in this table is refused (S-05).</summary>
public static class ProviderRequestStates
{
    public const string Submit = "transmettre", Reject = "rejeter", Cancel = "annuler", Take = "prendre", Execute = "executer", Impossible = "impossible", Fail = "echec",
        Notify = "notifier", NotifyFailure = "notifier-l-echec", Archive = "archiver";

    private const string Access = ProviderRequest.AccessNature, Restoration = ProviderRequest.RestorationNature, Ticket = ProviderRequest.TicketNature;
    private static readonly string[] Every = [Access, Restoration, Ticket];
    private static readonly string[] Asking = ["CORRESPONDENT", "CORRESPONDENT_DELEGATE"];
    private static readonly string[] Helpdesk = ["PROCESSOR_HELPDESK"];
    private static readonly string[] Automatic = ["SYSTEM"];

    public static IReadOnlyList<ProviderRequestMove> All { get; } =
    [
        new(Submit, Languages.Key("Transmettre au prestataire"), [Access], ProviderRequestStatus.Draft, ProviderRequestStatus.Submitted, Asking, false),
        new(Reject, Languages.Key("Rejeter : demandeur non habilité"), [Access], ProviderRequestStatus.Draft, ProviderRequestStatus.RejectedNotAuthorised, Automatic, false),
        new(Cancel, Languages.Key("Annuler la demande"), [Access, Ticket], ProviderRequestStatus.Submitted, ProviderRequestStatus.Cancelled, Asking, false),
        new(Take, Languages.Key("Prendre en charge"), Every, ProviderRequestStatus.Submitted, ProviderRequestStatus.InProgress, Helpdesk, false),
        new(Execute, Languages.Key("C’est fait"), Every, ProviderRequestStatus.InProgress, ProviderRequestStatus.Executed, Helpdesk, true),
        new(Impossible, Languages.Key("Impossible techniquement"), [Access, Ticket], ProviderRequestStatus.InProgress, ProviderRequestStatus.TechnicallyImpossible, Helpdesk, true),
        new(Fail, Languages.Key("La restauration a échoué"), [Restoration], ProviderRequestStatus.InProgress, ProviderRequestStatus.Failed, Helpdesk, true),
        new(Notify, Languages.Key("Notifier au demandeur"), Every, ProviderRequestStatus.Executed, ProviderRequestStatus.Notified, Automatic, false),
        new(NotifyFailure, Languages.Key("Notifier l’échec au demandeur"), [Restoration], ProviderRequestStatus.Failed, ProviderRequestStatus.Notified, Automatic, false),
        new(Archive, Languages.Key("Archiver"), Every, ProviderRequestStatus.Notified, ProviderRequestStatus.Archived, Automatic, false),
    ];

    public static IReadOnlyList<string> AllMessageKeys { get; } = [.. All.Select(move => move.LabelKey)];

    public static ProviderRequestMove? Find(string nature, ProviderRequestStatus from, string? slug) => All.FirstOrDefault(move => move.Slug == slug && move.From == from && move.Natures.Contains(nature));

    /// <summary>How long a notified request stays before it is archived.</summary>
    public static readonly TimeSpan BeforeArchive = TimeSpan.FromDays(30);

    public static string Code(ProviderRequestStatus status) => status switch
    {
        ProviderRequestStatus.RejectedNotAuthorised => "REJECTED_NOT_AUTHORISED",
        ProviderRequestStatus.InProgress => "IN_PROGRESS",
        ProviderRequestStatus.TechnicallyImpossible => "TECHNICALLY_IMPOSSIBLE",
        _ => status.ToString().ToUpperInvariant(),
    };

    public static ProviderRequestStatus Parse(string code) => Enum.GetValues<ProviderRequestStatus>().First(one => Code(one) == code);

    /// <summary>A restoration has words of its own.</summary>
    public static string Word(ProviderRequest request) =>
        Vocabulary.Current.Label(request.IsRestoration && Vocabulary.Current.Contains("RestorationStatus", request.Status) ? "RestorationStatus" : "AccessRequestStatus", request.Status);

    public static int? Disc(ProviderRequestStatus status) => status switch
    {
        ProviderRequestStatus.Draft => 1,
        ProviderRequestStatus.Submitted => 2,
        ProviderRequestStatus.InProgress or ProviderRequestStatus.Executed or ProviderRequestStatus.Failed => 3,
        ProviderRequestStatus.Notified or ProviderRequestStatus.Archived => 4,
        _ => null,
    };

    /// <summary>Who acts next (a message key).</summary>
    public static string? Who(ProviderRequestStatus status) => status switch
    {
        ProviderRequestStatus.Draft => Languages.Key("au correspondant de transmettre"),
        ProviderRequestStatus.Submitted => Languages.Key("au prestataire de prendre en charge"),
        ProviderRequestStatus.InProgress => Languages.Key("au prestataire d’exécuter"),
        _ => null,
    };
}
