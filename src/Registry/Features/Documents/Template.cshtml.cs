using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Documents;
using Registry.Features.Shared;

namespace Registry.Features.Documents;

/// <summary>The text of one document, written beside what it gives; for this body, or for all that the officer serves.</summary>
[Requires(Function.Templates, Right.Write)]
public sealed class TemplateModel(TemplateDesk desk, DocumentDesk documents, Visitor visitor, IStringLocalizer t) : PageModel
{
    public sealed class TextForm
    {
        public Guid Id { get; set; }
        public int BasedOn { get; set; }

        [Required(ErrorMessage = "Écrivez le texte du modèle.")]
        public string? Body { get; set; }

        [StringLength(500, ErrorMessage = "Écrivez {1} caractères au plus.")]
        public string? Note { get; set; }

        [StringLength(200, ErrorMessage = "Écrivez {1} caractères au plus.")]
        public string? On { get; set; }

        public bool Real { get; set; }
    }

    [BindProperty]
    public TextForm Form { get; set; } = new();

    public TemplateStanding Standing { get; private set; } = null!;
    public DocumentTemplate Shipped => Standing.Shipped;
    public string Scope { get; private set; } = TemplateText.OfBody;
    public MadeDocument? Preview { get; private set; }
    public CurrentOrganisation Organisation => visitor.Organisation;
    public bool OfArea => Scope == TemplateText.OfArea;
    public string All => $"/o/{Organisation.Slug}/documents/modeles";
    public string Here => $"{All}/{Shipped.Code}{Query('?')}";
    public string VersionsAt => $"{All}/{Shipped.Code}/versions{Query('?')}";
    public string PostAt(string handler) => $"?handler={handler}{Query('&')}";
    private string Query(char sign) => OfArea ? $"{sign}portee=delegue" : "";

    /// <param name="paper">The document.</param>
    /// <param name="reach">For whom the text holds.</param>
    /// <param name="version">A version to begin from, instead of the text in force.</param>
    public async Task<IActionResult> OnGetAsync(string paper, [FromQuery(Name = "portee")] string? reach, [FromQuery(Name = "reprendre")] int? version)
    {
        if (!ModelState.IsValid) return NotFound();
        if (await FindAsync(paper, reach) is { } refused) return refused;
        (Form.Id, Form.BasedOn, Form.Body) = (Guid.CreateVersion7(), Standing.Of(Scope)?.Number ?? 0, Standing.Current(Scope));
        if (version is { } number)
        {
            if ((await desk.VersionsAsync(paper, Scope)).FirstOrDefault(one => one.Number == number) is not { Body: { } earlier }) return NotFound();
            Form.Body = earlier;
        }
        await ShowAsync();
        ModelState.Clear();
        return Page();
    }

    public async Task<IActionResult> OnPostPreviewAsync(string paper, [FromQuery(Name = "portee")] string? reach)
    {
        if (await FindAsync(paper, reach) is { } refused) return refused;
        await ShowAsync();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string paper, [FromQuery(Name = "portee")] string? reach)
    {
        if (await FindAsync(paper, reach) is { } refused) return refused;
        if (Form.Id == Guid.Empty) return BadRequest();
        TypedText.Judge(ModelState, ("Note", Form.Note, true));
        var body = await ShowAsync();
        if (body is not null && Standing.Of(Scope) is var own && body.Body == Standing.Current(Scope).ReplaceLineEndings("\n").Trim('\n') && own?.Number == Form.BasedOn && own.ShippedBody == Shipped.Body)
            ModelState.AddModelError("Form.Body", "C’est déjà le texte en vigueur.");
        if (!ModelState.IsValid || body is null) return Page();
        return await KeepAsync(body.Body, TypedText.Clean(Form.Note), t["Le texte est en vigueur. Le prochain document le suivra."]);
    }

    public async Task<IActionResult> OnPostRestoreAsync(string paper, [FromQuery(Name = "portee")] string? reach)
    {
        if (await FindAsync(paper, reach) is { } refused) return refused;
        if (Form.Id == Guid.Empty) return BadRequest();
        if (Standing.Of(Scope)?.Body is null) return Redirect(Here);
        return await KeepAsync(null, null, t["Votre texte est retiré. Il reste dans les versions."]);
    }

    private async Task<IActionResult> KeepAsync(string? body, string? note, string said)
    {
        if (await desk.KeepAsync(Standing, Scope, Form.Id, Form.BasedOn, body, note))
        {
            FrameFilter.Leave(TempData, new FrameFlash("done", said));
            return Redirect(Here);
        }
        ModelState.AddModelError("Form.Body", "Quelqu’un a enregistré une autre version pendant que vous écriviez. Votre texte est gardé ci-dessous : comparez-le aux versions avant de l’enregistrer.");
        // Sent again, it is what she wants knowing the other version.
        Form.BasedOn = Standing.Of(Scope)?.Number ?? 0;
        ModelState.Remove("Form.BasedOn");
        Response.StatusCode = StatusCodes.Status409Conflict;
        return Page();
    }

    /// <summary>The text as it parses, with what it gives; null when it has a fault, said beside the field.</summary>
    private async Task<DocumentTemplate?> ShowAsync()
    {
        try
        {
            if (Form.Body is null || TypedText.HasHidden(Form.Body, lines: true))
            {
                if (Form.Body is not null) ModelState.AddModelError("Form.Body", TypedText.HiddenCharacter);
                return null;
            }
            var tried = Shipped.With(Form.Body);
            if (tried.Body.Trim().Length == 0) return null;
            var on = TypedText.Clean(Form.On);
            var real = Shipped.About == "ORGANISATION" ? Form.Real : on is { Length: <= 200 };
            if (real && (Preview = await documents.MakeAsync(Shipped.Code, on, tried: tried)) is null) ModelState.AddModelError("Form.On", "Rien ne porte cette référence, ou ce document ne s’en fait pas.");
            Preview ??= await documents.SampleAsync(tried);
            return tried;
        }
        catch (TemplateException fault)
        {
            ModelState.AddModelError("Form.Body", fault.Message);
            return null;
        }
    }

    private async Task<IActionResult?> FindAsync(string paper, string? reach)
    {
        if (!desk.MayWrite) return StatusCode(StatusCodes.Status403Forbidden);
        if (reach is not (null or "delegue") || await desk.FindAsync(paper) is not { } standing) return NotFound();
        if (reach is not null && !await desk.KeepsAreaAsync()) return NotFound();
        (Standing, Scope) = (standing, reach is null ? TemplateText.OfBody : TemplateText.OfArea);
        return null;
    }
}
