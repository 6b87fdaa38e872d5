using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Shared;
using Registry.Files;
using Registry.History;

namespace Registry.Features.Requests;

/// <summary>The pieces of the answer: added and taken away until it is sent.</summary>
[Requires(Function.Requests, Right.Write)]
[TakesFiles]
public sealed class AttachModel(RequestFileStore store, RequestDesk desk, Visitor visitor, Clamd clamd, IStringLocalizer t) : PageModel
{
    [BindProperty]
    public List<IFormFile> Files { get; set; } = [];

    public RequestReading Reading { get; private set; } = null!;
    public CurrentOrganisation Organisation => visitor.Organisation;
    public bool ScannerThere => clamd.IsThere;
    public bool DemoScanner => clamd.IsDemo;
    public IReadOnlyList<RequestFile> Pieces => [.. Reading.Files.Where(file => file.Kind == RequestFileKind.Answer)];
    public string Back => $"/o/{Organisation.Slug}/demandes/{Reading.Request.Reference}";

    public async Task<IActionResult> OnGetAsync(string file) => await RefuseAsync(file, toChange: false) ?? Page();

    public async Task<IActionResult> OnPostAsync(string file)
    {
        if (await RefuseAsync(file, toChange: true) is { } refusal) return refusal;
        if (!RequestStates.IsOpen(Reading.Request.Status)) return StatusCode(StatusCodes.Status409Conflict);
        var files = await FileIntake.ReadAsync(Files, "Files", staff: true, ModelState);
        if (ModelState.IsValid && !await store.AddAsync(Reading.Request.Id, RequestFileKind.Answer, files, null))
            ModelState.AddModelError("Files", "Il n’y a plus de place : un dossier garde 200 Mo de fichiers au plus, un organisme 5 Go.");
        if (!ModelState.IsValid) return Page();
        desk.Tell(Actions.RequestFileReceived, Reading.Request, Languages.InFrench(() => $"pièces de la réponse ({files.Count})"));
        FrameFilter.Leave(TempData, new FrameFlash("done", files.Count < 2 ? t.Get("La pièce est jointe. Elle attend l’analyse.") : t.Get("Les {0} pièces sont jointes. Elles attendent l’analyse.", files.Count)));
        return Redirect(Back + "/pieces");
    }

    public async Task<IActionResult> OnPostRemoveAsync(string file, Guid piece)
    {
        if (await RefuseAsync(file, toChange: true) is { } refusal) return refusal;
        if (Pieces.All(one => one.Id != piece)) return NotFound();
        // Once it is sent, what was sent stays until its day.
        if (!await store.EraseAsync(piece)) return StatusCode(StatusCodes.Status409Conflict);
        desk.Tell(Actions.RequestFileErased, Reading.Request, Languages.InFrench(() => "pièce de la réponse"));
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("La pièce est retirée et effacée.")));
        return Redirect(Back + "/pieces");
    }

    private async Task<IActionResult?> RefuseAsync(string file, bool toChange)
    {
        if (await desk.ReadAsync(file, toChange) is not { } reading) return NotFound();
        Reading = reading;
        return null;
    }
}
