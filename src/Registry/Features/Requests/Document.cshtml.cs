using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;
using Registry.Features.Shared;
using Registry.Files;
using Registry.History;
using Registry.Identity;

namespace Registry.Features.Requests;

/// <summary>A file of a request, for whoever handles it: a proof of identity or the copy of a person's data, so the second factor is asked again (S-07) and it leaves its line.</summary>
[Requires(Function.Requests)]
[RecentSecondFactor]
public sealed class DocumentModel(RequestFileStore store, RequestDesk desk, Visitor visitor, Clamd clamd) : PageModel
{
    public RequestReading Reading { get; private set; } = null!;
    public RequestFile Found { get; private set; } = null!;
    public CurrentOrganisation Organisation => visitor.Organisation;
    public bool ScannerThere => clamd.IsThere;
    public string Back => $"/o/{Organisation.Slug}/demandes/{Reading.Request.Reference}";

    public async Task<IActionResult> OnGetAsync(string file, Guid document) => await RefuseAsync(file, document) ?? Page();

    public async Task<IActionResult> OnPostAsync(string file, Guid document)
    {
        if (await RefuseAsync(file, document) is { } refusal) return refusal;
        if (!Found.MayBeGiven) return StatusCode(StatusCodes.Status409Conflict);
        desk.Tell(Actions.RequestFileTaken, Reading.Request, Languages.InFrench(() => Found.Kind == RequestFileKind.Identity ? "justificatif" : "pièce de la réponse"));
        return File([.. (await store.ReadAsync(Found)).SelectMany(part => part)], FileInspection.MediaType(Found.Media), Found.Name);
    }

    private async Task<IActionResult?> RefuseAsync(string file, Guid document)
    {
        if (await desk.ReadAsync(file) is not { } reading || reading.Files.FirstOrDefault(one => one.Id == document) is not { } found) return NotFound();
        (Reading, Found) = (reading, found);
        // An auditor judges how requests are handled; who asked is not hers to know.
        return desk.ReadsPersons ? null : StatusCode(StatusCodes.Status403Forbidden);
    }
}
