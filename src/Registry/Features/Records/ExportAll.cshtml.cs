using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;
using Registry.Identity;

namespace Registry.Features.Records;

/// <summary>All registers that this person may take out, in one table (S-07: a full export asks for the second factor again).</summary>
[Requires(Function.ReadRecords, Right.Export)]
[RecentSecondFactor]
public sealed class ExportAllModel(RegisterExport export, RecordDesk desk) : PageModel
{
    [BindProperty]
    public ExportForm Form { get; set; } = new();

    public bool ReadsDrafts => desk.ReadsDrafts(isAuthor: false);

    public void OnGet() => (Form.Format, Form.Text) = ("xlsx", ExportForm.InForce);

    public async Task<IActionResult> OnPostAsync()
    {
        // What does not read well is not kept by the transaction: a file must not leave without its line.
        if (!ModelState.IsValid) return Page();
        if (!await export.MayTakeMoreAsync()) return StatusCode(StatusCodes.Status429TooManyRequests);
        if (await export.WriteAsync(Form.ToOrder(new RegisterFilter(), ReadsDrafts), organisation: null) is not { } file) return NotFound();
        Response.RegisterForDispose(file.Content);  // also when the commit fails and nothing is sent
        return File(file.Content, file.MediaType, file.Name);
    }
}
