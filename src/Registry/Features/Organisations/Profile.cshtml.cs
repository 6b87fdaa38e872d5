using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Organisations;

[Requires(Function.Profile)]
public sealed class ProfileModel(OrganisationStore store, Visitor visitor, Journal journal, IStringLocalizer t) : PageModel
{
    [BindProperty]
    public ProfileForm Form { get; set; } = new();

    public Organisation Organisation { get; private set; } = null!;
    public bool MayChange => visitor.Can(Function.Profile, Right.Write);
    public bool Stale { get; private set; }
    public IReadOnlyList<Change> Differences { get; private set; } = [];

    public static IReadOnlyList<Option> Colours =>
    [
        new("petrole", Languages.Key("Pétrole")), new("outremer", Languages.Key("Outremer")), new("foret", Languages.Key("Forêt")),
        new("prune", Languages.Key("Prune")), new("ocre", Languages.Key("Ocre")), new("ardoise", Languages.Key("Ardoise")),
    ];

    public async Task OnGetAsync()
    {
        Organisation = await store.ReadAsync();
        Form = ProfileForm.Of(Organisation);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        Organisation = await store.ReadAsync();
        if (!MayChange) return StatusCode(StatusCodes.Status403Forbidden);
        Form.Check(ModelState);
        if (!ModelState.IsValid) return Page();
        var changed = Form.Apply(Organisation);
        var changes = ProfileForm.Compare(Organisation, changed);
        if (changes.Count == 0) return Redirect($"/o/{Organisation.Slug}/profil");
        if (Form.Version != Organisation.Version || !await store.SaveAsync(changed))
        {
            Stale = true;
            Differences = changes;
            Form.Version = Organisation.Version;
            ModelState.Clear();
            Response.StatusCode = StatusCodes.Status409Conflict;
            return Page();
        }
        journal.Record(new Event(Organisation.Id, Actions.ProfileChanged.Code, "ORGANISATION", Organisation.Id, new EventDetails { Subject = Organisation.Name, Changes = changes }));
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("Le profil est enregistré.")));
        return Redirect($"/o/{Organisation.Slug}/profil");
    }
}
