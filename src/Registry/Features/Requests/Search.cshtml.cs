using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Reminders;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Requests;

/// <summary>A new line of the search sheet (T-RR-07).</summary>
[Requires(Function.Requests, Right.Write)]
public sealed class SearchModel(SearchSheetStore store, SearchPlaces places, RequestDesk desk, AlertCall call, Data.Db db, Visitor visitor, IStringLocalizer t) : PageModel
{
    [BindProperty]
    public SearchForm Form { get; set; } = new();

    public RequestReading Reading { get; private set; } = null!;
    public SearchPlaces Places => places;
    public HalfWay HalfWay { get; private set; } = null!;
    public CurrentOrganisation Organisation => visitor.Organisation;
    public string Back => $"/o/{Organisation.Slug}/demandes/{Reading.Request.Reference}";

    public async Task<IActionResult> OnGetAsync(string file)
    {
        if (await RefuseAsync(file, toChange: false) is { } refusal) return refusal;
        (Form.Id, Form.DueOn) = (Guid.CreateVersion7(), DateParts.From(HalfWay.On));
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string file)
    {
        if (await RefuseAsync(file, toChange: true) is { } refusal) return refusal;
        if (Reading.Searches.Any(one => one.Id == Form.Id)) return Redirect(Back + "#recherches");
        // A deadline that is over forbids nothing any more.
        var latest = HalfWay.DaysLeft > 0 ? HalfWay.DueOn : (DateOnly?)null;
        var task = Form.Check(Reading.Request, places, desk.Today, latest, ModelState);
        if (!ModelState.IsValid || task is null) return Page();
        if (!await store.AddAsync(task, Reading.Request.Reference)) return StatusCode(StatusCodes.Status409Conflict);
        desk.Tell(Actions.RequestSearchAsked, Reading.Request, task);
        if (task.Asked.ProviderId is { } provider) db.AfterCommit(() => call.TellAsync<SearchAlerts>(provider));
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("La recherche est demandée à {0}.", task.Asked.Name)));
        return Redirect(Back + "#recherches");
    }

    private async Task<IActionResult?> RefuseAsync(string file, bool toChange)
    {
        if (await desk.ReadAsync(file, toChange) is not { } reading) return NotFound();
        Reading = reading;
        if (reading.Request.Status != RequestStatus.InProgress) return StatusCode(StatusCodes.Status409Conflict);
        HalfWay = HalfWay.Between(desk.Today, reading.Request.Clock(Organisation.Calendar).Due.DueOn, Organisation.Calendar);
        await places.ReadAsync();
        return null;
    }
}
