using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;
using Registry.History;

namespace Registry.Features.Records;

[Requires(Function.ReadRecords)]
public sealed class HistoryModel(RecordStore store, RecordDesk desk, Trail trail, Visitor visitor) : PageModel
{
    private const int PageSize = 100;

    public ProcessingRecord Record { get; private set; } = null!;
    public IReadOnlyList<TrailLine> Lines { get; private set; } = [];
    public int Total { get; private set; }
    public CurrentOrganisation Organisation => visitor.Organisation;
    public int PageNumber { get; private set; }
    public bool HasNext => PageNumber * PageSize < Total;

    public async Task<IActionResult> OnGetAsync(string reference, [FromQuery(Name = "page")] string? page)
    {
        if (await store.FindAsync(reference) is not { } record) return NotFound();
        // Who controls (F32) reads how a published sheet came about; before that there is nothing to control.
        var controls = record.PublishedVersion is not null && visitor.Can(Function.History, Right.Read);
        if (!controls && !desk.ReadsDrafts(record.AuthorId == visitor.PersonId)) return StatusCode(StatusCodes.Status403Forbidden);
        Record = record;
        Total = await trail.CountAsync(Organisation.Id, record.Id);
        PageNumber = Math.Clamp(int.TryParse(page, out var number) ? number : 1, 1, Math.Max(1, (Total + PageSize - 1) / PageSize));
        Lines = await trail.ListAsync(Organisation.Id, record.Id, PageSize, (PageNumber - 1) * PageSize);
        return Page();
    }
}
