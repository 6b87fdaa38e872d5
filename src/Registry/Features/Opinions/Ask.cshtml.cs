using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Records;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Opinions;

/// <summary>A question to the officer; she may also take one up herself.</summary>
[Requires(Function.Opinions, Right.Decide)]
[Requires(Function.Opinions, Right.WriteOwn)]
public sealed class AskModel(OpinionStore store, Visitor visitor, Journal journal, IStringLocalizer t) : PageModel
{
    [BindProperty]
    public AskForm Form { get; set; } = new();

    [BindProperty(Name = "Form.Id")]
    public Guid Id { get; set; }

    public CurrentOrganisation Organisation => visitor.Organisation;
    private string Back => $"/o/{Organisation.Slug}/avis";
    public PartFormView View => new(new SheetForm(new Sheet()) { MarksOptional = true }.Describe(Form), Languages.Key("Envoyer la question"), Back, Id);

    public void OnGet([FromQuery(Name = "sujet")] string? subject, [FromQuery(Name = "objet")] string? about) =>
        (Id, Form.Subject, Form.About) = (Guid.CreateVersion7(), subject is "CONVENTION" or "BREACH" ? subject : null, about is { Length: <= 100 } ? TypedText.Clean(about) : null);

    public async Task<IActionResult> OnPostAsync()
    {
        if (!PostedPart.Accept(ModelState, Form, t)) return Page();
        if (await store.AddAsync(Id, Form) is not var (number, added)) return StatusCode(StatusCodes.Status409Conflict);
        if (added) journal.Record(new Event(Organisation.Id, Actions.OfficerAsked.Code, OfficerOpinion.ObjectType, Id, new EventDetails { Subject = $"{OfficerOpinion.ReferenceOf(number)} · {Form.Title}" }));
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("La question est transmise au délégué.")));
        return Redirect($"{Back}/{OfficerOpinion.ReferenceOf(number)}");
    }
}
