using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Facts;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Organisations;

/// <summary>Brings an organisation in: found in the official list, or described by hand when the list does not hold it (CCAS, syndicate).</summary>
[Requires(Function.Organisations, Right.Write)]
public sealed class NewModel(OrganisationStore store, Visitor visitor, Journal journal, TimeProvider clock, IStringLocalizer t) : PageModel
{
    [BindProperty]
    public NewOrganisation Form { get; set; } = new();

    public string Search { get; private set; } = "";
    public IReadOnlyList<OfficialBody> Found { get; private set; } = [];
    public OfficialBody? Chosen { get; private set; }
    public IReadOnlyList<Area> Areas { get; private set; } = [];
    public bool ByHand { get; private set; }
    public bool MayAdd { get; private set; }

    public IReadOnlyList<Option> AreaOptions => [.. Areas.Select(area => new Option(area.Id.ToString(), area.Name))];
    public static IReadOnlyList<Option> Types => [.. Vocabulary.Current.Terms("OrganisationType").Where(term => term.Code is not ("COMMUNE" or "COMMUNE_NOUVELLE")).Select(term => new Option(term.Code, term.Label))];
    public static IReadOnlyList<Option> Territories => [.. Vocabulary.Current.Terms("Territory").Select(term => new Option(term.Code, term.Label))];

    public async Task<IActionResult> OnGetAsync([FromQuery(Name = "q")] string? search, [FromQuery(Name = "code")] string? code, [FromQuery(Name = "main")] string? byHand)
    {
        Form.Id = Guid.CreateVersion7();
        Search = search?.Trim() ?? "";
        ByHand = byHand is not null;
        Form.Code = code;
        Chosen = BodyOf(code);
        if (Chosen is null && Search.Length > 0) Found = OfficialBodies.Current.Search(Search);
        await ShowAsync();
        return MayAdd ? Page() : StatusCode(StatusCodes.Status403Forbidden);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        Chosen = BodyOf(Form.Code);
        ByHand = Chosen is null;
        await ShowAsync();
        if (!MayAdd) return StatusCode(StatusCodes.Status403Forbidden);
        Form.Check(Chosen, Areas, ModelState);
        if (!ModelState.IsValid) return Page();

        var added = Form.ToOrganisation(Chosen);
        if (!await store.AddAsync(added))
        {
            if (await store.SlugOfAsync(added.Id) is { } mine) return Redirect($"/o/{mine}/designations");  // the same form sent twice
            ModelState.AddModelError("Form.Name", "Cet organisme est déjà suivi dans le registre. S’il n’est pas dans votre liste, un autre délégué en est chargé.");
            return Page();
        }
        if (Guid.TryParse(Form.Area, out var area)) await store.JoinAreaAsync(added.Id, area, DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById(added.TimeZone)).DateTime));
        journal.Record(new Event(added.Id, Actions.OrganisationAdded.Code, "ORGANISATION", added.Id, new EventDetails { Subject = added.Name }));
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("{0} est ajouté. Enregistrez maintenant qui le représente.", added.Name)));
        return Redirect($"/o/{added.Slug}/designations");
    }

    private async Task ShowAsync()
    {
        Areas = await store.AreasAsync();
        // An officer brings bodies into an area she serves; one who serves a single body has none to bring them into.
        MayAdd = Areas.Count > 0 || visitor.Grants.Any(grant => grant.Role == Role.PlatformAdmin);
        if (Areas.Count == 1) Form.Area ??= Areas[0].Id.ToString();
    }

    private static OfficialBody? BodyOf(string? code) => string.IsNullOrWhiteSpace(code) ? null
        : OfficialBodies.Current.FindCommune(code) ?? OfficialBodies.Current.FindIntercommunality(code);
}
