using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Charters;

/// <summary>Issues a version of the charter: from then on everybody's signature is expected anew.</summary>
[Requires(Function.Training, Right.Write)]
public sealed class NewModel(CharterStore store, Visitor visitor, Journal journal, IStringLocalizer t) : PageModel
{
    private const string TooLong = "Écrivez {1} caractères au plus.";

    public sealed class VersionForm
    {
        public Guid Id { get; set; }

        [Required(ErrorMessage = "Donnez un titre à la charte.")]
        [StringLength(200, ErrorMessage = TooLong)]
        public string? Title { get; set; }

        [Required(ErrorMessage = "Écrivez le texte de la charte.")]
        [StringLength(100_000, ErrorMessage = TooLong)]
        public string? Body { get; set; }

        [StringLength(500, ErrorMessage = TooLong)]
        public string? Note { get; set; }
    }

    [BindProperty]
    public VersionForm Form { get; set; } = new();

    public CharterVersion? InForce { get; private set; }
    public CurrentOrganisation Organisation => visitor.Organisation;
    private string Back => $"/o/{Organisation.Slug}/charte";

    public async Task OnGetAsync()
    {
        InForce = await store.InForceAsync();
        (Form.Id, Form.Title, Form.Body) = (Guid.CreateVersion7(), InForce?.Title, InForce?.Body);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        InForce = await store.InForceAsync();
        TypedText.Judge(ModelState, ("Title", Form.Title, false), ("Body", Form.Body, true), ("Note", Form.Note, true));
        (Form.Title, Form.Body, Form.Note) = (TypedText.Clean(Form.Title), TypedText.Clean(Form.Body), TypedText.Clean(Form.Note));
        if (InForce is { } current && current.Id != Form.Id && current.Body == Form.Body && current.Title == Form.Title) ModelState.AddModelError("Form.Body", "C’est le texte en vigueur : rien n’est à signer de nouveau.");
        if (!ModelState.IsValid) return Page();
        if (await store.IssueAsync(Form.Id, Form.Title!, Form.Body!, Form.Note) is { } number)
        {
            var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Form.Body!)));
            journal.Record(new Event(Organisation.Id, Actions.CharterIssued.Code, CharterVersion.ObjectType, Form.Id, new EventDetails { Subject = EventDetails.WithFingerprint($"Version {number} · {Form.Title}", hash), Reason = Form.Note }));
            FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("La version {0} est publiée. Chacun est invité à la signer sur sa première page.", number)));
        }
        return Redirect(Back);
    }
}
