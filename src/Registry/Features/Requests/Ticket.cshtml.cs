using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Reminders;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Requests;

/// <summary>One search at the help desk of the provider that is asked: what to look for, and the form for what was found. The line stands in the chain of the body that asked.</summary>
[Requires(Function.Requests, Right.WriteOwn)]
public sealed class TicketModel(SearchTicketStore store, AlertCall call, Data.Db db, Journal journal, Visitor visitor, TimeProvider clock, IStringLocalizer t) : PageModel
{
    [BindProperty]
    public FindingForm Form { get; set; } = new();

    public static IReadOnlyList<Option> Results { get; } = [.. FindingForm.Results.Where(one => one.Value != FindingForm.Withdrawn)];

    public SearchTicket Ticket { get; private set; } = null!;
    public SearchContent Words { get; private set; } = null!;
    public bool Stale { get; private set; }
    public CurrentOrganisation Organisation => visitor.Organisation;
    public DateOnly Today => Organisation.Today(clock);
    public string Back => $"/o/{Organisation.Slug}/assistance/recherches";

    public static bool WorksForProvider(Visitor visitor) => visitor.Grants.Any(grant => grant.Role is Role.ProcessorHelpdesk or Role.ProcessorManager);

    public async Task<IActionResult> OnGetAsync(Guid lookup)
    {
        if (await OpenAsync(lookup, toChange: false) is { } refusal) return refusal;
        (Form.Seen, Form.On, Form.By) = (Ticket.Version, DateParts.From(Today), Organisation.Name);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid lookup)
    {
        if (await OpenAsync(lookup, toChange: true) is { } refusal) return refusal;
        if (!Ticket.Waits || Form.Seen != Ticket.Version) return Changed();
        if (!Form.CorrectForProvider(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(Ticket.AskedAt, Organisation.Zone).DateTime), Today, ModelState)) return Page();
        if (!await store.AnswerAsync(Ticket, Form.Seen, Form)) return Changed();
        journal.Record(new Event(Ticket.OrganisationId, Actions.RequestSearchAnswered.Code, RightsRequest.ObjectType, Ticket.RequestId, new EventDetails { Subject = $"{Ticket.BodyReference} · {Ticket.AskedOf}" }));
        db.AfterCommit(() => call.TellAsync<SearchAlerts>(Ticket.OrganisationId));
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("Le résultat est transmis à {0}.", Ticket.BodyName)));
        return Redirect($"{Back}/{Ticket.Id}");
    }

    private PageResult Changed()
    {
        (Stale, Form.Seen) = (true, Ticket.Version);
        ModelState.Remove("Form.Seen");
        Response.StatusCode = StatusCodes.Status409Conflict;
        return Page();
    }

    private async Task<IActionResult?> OpenAsync(Guid lookup, bool toChange)
    {
        if (!WorksForProvider(visitor)) return StatusCode(StatusCodes.Status403Forbidden);
        if (await store.FindAsync(lookup, toChange) is not { } ticket) return NotFound();
        (Ticket, Words) = (ticket, store.Open(ticket));
        return null;
    }
}
