using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;
using Registry.Deadlines;
using Registry.Features.Responsibilities;
using Registry.Files;
using Registry.History;

namespace Registry.Features.Requests;

/// <summary>The file: its clock and why, what to do next, what was asked, what was done. Opening it is recorded.</summary>
[Requires(Function.Requests)]
[LeavesTrace]
public sealed class DetailsModel(RequestStore store, RequestDialogueStore dialogue, RequestDesk desk, DomainDuties duties, Trail trail, Visitor visitor, Clamd clamd) : PageModel
{
    private const int MostLines = 100;

    public RequestReading Reading { get; private set; } = null!;
    public RequestClock Clock { get; private set; } = null!;
    public IReadOnlyList<RequestAct> Acts { get; private set; } = [];
    public IReadOnlyList<OtherRequest> Others { get; private set; } = [];
    public IReadOnlyList<RequestMessage> Messages { get; private set; } = [];
    public IReadOnlyList<DomainConvention> Duties { get; private set; } = [];
    public bool ScannerThere => clamd.IsThere;
    public IReadOnlyList<TrailLine> History { get; private set; } = [];
    public CurrentOrganisation Organisation => visitor.Organisation;
    public DateOnly Today => desk.Today;
    public bool ReadsPersons => desk.ReadsPersons;
    public bool MayWrite => desk.MayWrite;
    public string At(string rest = "") => $"/o/{Organisation.Slug}/demandes/{Reading.Request.Reference}{rest}";

    public async Task<IActionResult> OnGetAsync(string file)
    {
        if (await desk.ReadAsync(file) is not { } reading) return NotFound();
        Reading = reading;
        Clock = reading.Request.Clock(Organisation.Calendar);
        Acts = desk.ActsFor(reading.Request);
        Messages = await dialogue.ListAsync(reading.Request.Id);
        History = await trail.ListAsync(Organisation.Id, reading.Request.Id, MostLines);
        // That two files are of one person is known to those who read persons.
        if (ReadsPersons) Others = await store.OthersOfAsync(reading.Request);
        if (reading.Request.Status != RequestStatus.Closed) Duties = await duties.OfAsync(Responsibilities.Duties.Rights);
        await desk.NoteReadingAsync(reading.Request);
        return Page();
    }
}
