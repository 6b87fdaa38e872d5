using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Shared;
using Registry.History;
using Registry.Identity;

namespace Registry.Features.Areas;

/// <summary>
/// The body's own representative entrusts it to the officer of an area: nobody else may, since that opens its register to her. The officer
/// who did not agree to serve it records that it leaves.
/// </summary>
[BeyondOrganisation]
[Requires(Function.Appointments, Right.Decide)]
[RecentSecondFactor]
public sealed class JoinModel(MembershipStore store, Visitor visitor, Journal journal, TimeProvider clock, IStringLocalizer t) : PageModel
{
    [BindProperty]
    public JoinForm Form { get; set; } = new();

    public CurrentOrganisation Organisation => visitor.Organisation;
    public IReadOnlyList<OpenArea> Areas { get; private set; } = [];
    public IReadOnlyList<Option> Options => [.. Areas.Select(area => new Option(area.Id.ToString(), $"{area.Name} · {area.Lead}"))];

    /// <summary>The last membership, when it has not ended: whether its end is known says if another can follow.</summary>
    public Membership? Current { get; private set; }

    public async Task OnGetAsync()
    {
        await ShowAsync();
        Form.Since = Current?.ToOn?.AddDays(1) ?? Organisation.Today(clock);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await ShowAsync();
        if (Areas.FirstOrDefault(area => area.Id.ToString() == Form.Area) is not { } chosen) ModelState.AddModelError("Form.Area", "Choisissez l’espace mutualisé.");
        else if (Form.Since is null)
        {
            if (ModelState["Form.Since"]?.Errors is not { Count: > 0 }) ModelState.AddModelError("Form.Since", "Indiquez le premier jour.");
        }
        else if (!Form.Agreed) ModelState.AddModelError("Form.Agreed", "Confirmez que l’organisme qui conduit l’espace est d’accord.");
        else if (ModelState.IsValid && await store.EntrustAsync(chosen.Id, Form.Since.Value) is { } obstacle) Refuse(obstacle);
        else if (ModelState.IsValid)
        {
            journal.Record(new Event(Organisation.Id, Actions.AreaJoined.Code, "ORGANISATION", Organisation.Id, new EventDetails
            {
                Subject = chosen.Name, Changes = [new Change(Languages.Key("Premier jour"), null, Form.Since.Value.ToString("dd/MM/yyyy"))],
            }));
            FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("{0} est confié à l’espace « {1} » à partir du {2}.", Organisation.Name, chosen.Name, Dates.Full(Form.Since.Value))));
            return Redirect($"/o/{Organisation.Slug}/designations");
        }
        return Page();
    }

    private void Refuse(string obstacle)
    {
        switch (obstacle)
        {
            case "PAST": ModelState.AddModelError("Form.Since", "Le premier jour ne peut pas être passé."); break;
            case "SERVED": ModelState.AddModelError("Form.Since", "Un espace sert encore l’organisme ce jour-là : son délégué doit d’abord enregistrer la sortie."); break;
            case "OFFICER": ModelState.AddModelError("Form.Since", "L’organisme a son propre délégué ce jour-là : mettez d’abord fin à sa désignation."); break;
            case "LEADS": ModelState.AddModelError("Form.Area", "Cet organisme conduit lui-même un espace : son délégué est celui de cet espace."); break;
            default: ModelState.AddModelError("Form.Area", "Choisissez l’espace mutualisé."); break;
        }
    }

    private async Task ShowAsync()
    {
        var today = Organisation.Today(clock);
        Current = (await store.ListAsync()).FirstOrDefault(one => one.ToOn is null || one.ToOn >= today);
        Areas = await store.OpenAreasAsync();
    }

    public sealed class JoinForm
    {
        public string? Area { get; set; }
        public DateOnly? Since { get; set; }
        public bool Agreed { get; set; }
    }
}
