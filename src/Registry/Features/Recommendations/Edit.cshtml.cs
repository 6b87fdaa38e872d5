using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Records;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Recommendations;

/// <summary>A recommendation as the officer writes it, until somebody has decided.</summary>
[Requires(Function.Recommendations, Right.Write)]
public sealed class EditModel(RecommendationStore store, RecommendationDesk desk, Visitor visitor, IStringLocalizer t) : PageModel
{
    private const string Added = "nouvelle";

    [BindProperty]
    public RecommendationForm Form { get; set; } = new();

    [BindProperty(Name = "Form.Id")]
    public Guid Id { get; set; }

    public Recommendation? Kept { get; private set; }
    public bool NotNow { get; private set; }
    public CurrentOrganisation Organisation => visitor.Organisation;
    public string Back => $"/o/{Organisation.Slug}/recommandations" + (Kept is null ? "" : $"/{Kept.Reference}");
    private int Seen { get; set; }
    private IReadOnlyList<SheetDifference> Conflict { get; set; } = [];
    public PartFormView View => new(new SheetForm(new Sheet()) { MarksOptional = true }.Describe(Form), Languages.Key("Enregistrer la recommandation"), Back, Kept is null ? Id : null, Kept is null ? null : Seen, Conflict);

    public async Task<IActionResult> OnGetAsync(string advice)
    {
        if (!await OpenAsync(advice, toChange: false)) return NotFound();
        if (Kept is null) (Id, Form.Origin) = (Guid.CreateVersion7(), "VISIT");
        else (Form, Seen) = (RecommendationForm.Of(Kept), Kept.Version);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string advice, int? seen)
    {
        if (!await OpenAsync(advice, toChange: true)) return NotFound();
        if (NotNow) return Page();
        Seen = seen ?? 0;
        if (!PostedPart.Accept(ModelState, Form, t)) return Page();
        if (Kept is null)
        {
            if (await desk.ProposeAsync(Id, Form) is not { } reference) return StatusCode(StatusCodes.Status409Conflict);
            FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("La recommandation est enregistrée.")));
            return Redirect($"{Back}/{reference}");
        }
        var before = RecommendationForm.Of(Kept);
        if (Seen != Kept.Version || !await store.SaveAsync(Kept.Id, Form, Seen))
        {
            (Conflict, Seen) = (SheetDifferences.Compare(before, Form, key => t.Get(key)), Kept.Version);
            Response.StatusCode = StatusCodes.Status409Conflict;
            ModelState.Clear();
            return Page();
        }
        desk.Tell(Actions.RecommendationChanged, Kept.Id, $"{Kept.Reference} · {Form.Title}", changes: PostedPart.Changes(before, Form, t));
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("La recommandation est enregistrée.")));
        return Redirect(Back);
    }

    private async Task<bool> OpenAsync(string advice, bool toChange)
    {
        if (advice != Added && (Kept = await store.FindAsync(advice, toChange)) is null) return false;
        if (Kept is not null && Kept.State != RecommendationStatus.Proposed) (NotNow, Response.StatusCode) = (true, StatusCodes.Status409Conflict);
        return true;
    }
}
