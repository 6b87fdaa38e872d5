using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;

namespace Registry.Features.Records;

/// <summary>The register of one organisation as a file, under the filter of the list that led here; or one record of it.</summary>
[Requires(Function.ReadRecords, Right.Export)]
public sealed class ExportModel(RegisterExport export, RecordStore store, RecordListStore list, RecordDesk desk, Visitor visitor) : PageModel
{
    [BindProperty]
    public ExportForm Form { get; set; } = new();

    public CurrentOrganisation Organisation => visitor.Organisation;
    public ProcessingRecord? Record { get; private set; }
    public string? Search { get; private set; }
    public RecordGroup Group { get; private set; } = RecordGroups.All[0];
    public bool ReadsDrafts => desk.ReadsDrafts(isAuthor: false);

    /// <summary>A record that was never published has its working sheet only, a reader of published sheets their versions only.</summary>
    public bool Chooses => ReadsDrafts && Record is not { PublishedVersion: null };
    public string Back => $"/o/{Organisation.Slug}/traitements{(Record is null ? "" : "/" + Record.Reference)}";

    public async Task<IActionResult> OnGetAsync(
        [FromQuery(Name = "fiche")] string? reference, [FromQuery(Name = "q")] string? search, [FromQuery(Name = "etat")] string? group)
    {
        if (!await FindAsync(reference, search, group)) return NotFound();
        (Form.Format, Form.Text) = ("xlsx", ExportForm.InForce);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(
        [FromQuery(Name = "fiche")] string? reference, [FromQuery(Name = "q")] string? search, [FromQuery(Name = "etat")] string? group)
    {
        if (!await FindAsync(reference, search, group)) return NotFound();
        // What does not read well is not kept by the transaction: a file must not leave without its line.
        if (!ModelState.IsValid) return Page();
        if (!await export.MayTakeMoreAsync()) return StatusCode(StatusCodes.Status429TooManyRequests);
        if (!Chooses && ReadsDrafts) Form.Text = ExportForm.Working;
        var order = Form.ToOrder(new RegisterFilter(Record?.Number, Search, Group.Key, await NumbersAsync()), ReadsDrafts);
        if (await export.WriteAsync(order, Organisation) is not { } file) return NotFound();
        Response.RegisterForDispose(file.Content);  // also when the commit fails and nothing is sent
        return File(file.Content, file.MediaType, file.Name);
    }

    /// <summary>The filters of the list that led here, but for the words and the state, which are asked of the text that leaves.</summary>
    public RecordFilter Filter => RecordFilter.Read(Request.Query);

    private async Task<int[]?> NumbersAsync() => Record is null && Filter.InForce().Any()
        ? [.. (await list.ListAsync(Filter with { Text = "", Page = 1, Size = int.MaxValue })).Lines.Select(line => line.Number)] : null;

    private async Task<bool> FindAsync(string? reference, string? search, string? group)
    {
        Search = string.IsNullOrWhiteSpace(search) ? null : search.Trim();
        Group = RecordGroups.Find(group);
        if (reference is null) return true;
        Record = await store.FindAsync(reference);
        return Record is not null && (ReadsDrafts || Record.PublishedVersion is not null);
    }
}
