using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Requests;

public sealed class MessageForm
{
    /// <summary>The message bears the id that its form was given: sent twice it is one (S-92).</summary>
    public Guid Id { get; set; }
    public string? Text { get; set; }
}

/// <summary>A message to the person: she reads it on the page of her request, a mail tells her only that it is there.</summary>
[Requires(Function.Requests, Right.Write)]
public sealed class WriteModel(RequestDialogueStore store, RequestDesk desk, PersonMails mails, Visitor visitor, IStringLocalizer t) : PageModel
{
    [BindProperty]
    public MessageForm Form { get; set; } = new();

    public RequestReading Reading { get; private set; } = null!;
    public CurrentOrganisation Organisation => visitor.Organisation;
    public string Back => $"/o/{Organisation.Slug}/demandes/{Reading.Request.Reference}";

    public async Task<IActionResult> OnGetAsync(string file)
    {
        if (await desk.ReadAsync(file) is not { } reading) return NotFound();
        (Reading, Form.Id) = (reading, Guid.CreateVersion7());
        return reading.Request.Status == RequestStatus.Closed ? StatusCode(StatusCodes.Status409Conflict) : Page();
    }

    public async Task<IActionResult> OnPostAsync(string file)
    {
        if (await desk.ReadAsync(file, toChange: true) is not { } reading) return NotFound();
        Reading = reading;
        if (reading.Request.Status == RequestStatus.Closed) return StatusCode(StatusCodes.Status409Conflict);
        Form.Text = TypedText.Clean(Form.Text);
        if (Form.Text is null) ModelState.AddModelError("Form.Text", "Écrivez votre message.");
        else if (Form.Text.Length > RequestMessage.Longest) ModelState.AddModelError("Form.Text", "Écrivez 20 000 caractères au plus.");
        else if (TypedText.HasHidden(Form.Text, lines: true)) ModelState.AddModelError("Form.Text", TypedText.HiddenCharacter);
        if (!ModelState.IsValid) return Page();
        if (await store.AddAsync(Form.Id == Guid.Empty ? Guid.CreateVersion7() : Form.Id, reading.Request.Id, Form.Text!, fromPerson: false))
        {
            desk.Tell(Actions.RequestMessageSent, reading.Request);
            await mails.NewsAsync(reading.Request);
        }
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("Le message est sur la page de la personne.")));
        return Redirect(Back + "#echanges");
    }
}
