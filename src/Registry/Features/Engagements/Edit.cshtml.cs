using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Records;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Engagements;

[Requires(Function.DraftRecord, Right.Write)]
public sealed class EditModel(EngagementDesk desk, EngagementStore store, Visitor visitor, IStringLocalizer t) : PageModel
{
    [BindProperty]
    public EngagementForm Form { get; set; } = new();

    public Engagement Found { get; private set; } = null!;
    public CurrentOrganisation Organisation => visitor.Organisation;
    public string Back => $"/o/{Organisation.Slug}/sous-traitants/{Found.Id}";
    public PartFormView View => new(desk.Describe(Form), Languages.Key("Enregistrer"), Back, Version: Seen, Conflict: Conflict);
    private int Seen { get; set; }
    private IReadOnlyList<SheetDifference> Conflict { get; set; } = [];

    public async Task<IActionResult> OnGetAsync(Guid engagement)
    {
        if (await store.FindAsync(engagement) is not { } found) return NotFound();
        await desk.OfferAsync();
        (Found, Form, Seen) = (found, found.Read(Organisation.Id).Terms, found.Version);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid engagement, string? rows, int? seen)
    {
        if (await store.FindAsync(engagement, toChange: true) is not { } found) return NotFound();
        await desk.OfferAsync();
        (Found, Seen) = (found, seen ?? 0);
        if (rows is not null) SectionInput.ChangeRows(ModelState, Request.Form, Form, rows);
        if (rows is not null || !PostedPart.Accept(ModelState, Form, t)) return Page();
        if (await desk.LinkAsync(Form, ModelState) is not { } links)
        {
            SectionInput.KeepTyped(ModelState);
            return Page();
        }
        var stored = found.Read(Organisation.Id);
        var changes = PostedPart.Changes(stored.Terms, Form, t);
        if (changes.Count == 0) return Redirect(Back);
        if (Seen != found.Version || !await store.SaveAsync(engagement, new() { Terms = Form, Article28 = stored.Article28 }, links.Party, links.Text, links.Record, Seen))
        {
            (Conflict, Seen) = (SheetDifferences.Compare(stored.Terms, Form, key => t.Get(key)), found.Version);
            Response.StatusCode = StatusCodes.Status409Conflict;
            ModelState.Clear();
            return Page();
        }
        desk.Tell(Actions.EngagementChanged, engagement, $"{Form.Processor} · {Form.Service}", changes: changes);
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("Le recours à {0} est enregistré.", Form.Processor!)));
        return Redirect(Back);
    }
}
