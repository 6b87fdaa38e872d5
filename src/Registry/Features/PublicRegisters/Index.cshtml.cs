using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.PublicRegisters;

/// <summary>What citizens may read of the register (F33). Opening or closing it is the representative's decision; the rest is prepared by whoever writes.</summary>
[Requires(Function.PublicRegister)]
public sealed class IndexModel(PublicRegisterStore store, Visitor visitor, Journal journal, IStringLocalizer t) : PageModel
{
    [BindProperty]
    public SettingsForm Form { get; set; } = new();

    public CurrentOrganisation Organisation => visitor.Organisation;
    public PublicRegisterSettings Settings { get; private set; } = new();
    public IReadOnlyList<ShownSheet> Sheets { get; private set; } = [];
    public bool MayDecide => visitor.Can(Function.PublicRegister, Right.Decide);
    public bool MayChange => MayDecide || visitor.Can(Function.PublicRegister, Right.Write);
    public bool Stale { get; private set; }

    public sealed class SettingsForm
    {
        public int Version { get; set; }
        public bool Enabled { get; set; }
        public bool ShowProcessorNames { get; set; }
        public bool ShowOfficerName { get; set; }
    }

    public async Task OnGetAsync()
    {
        await ReadAsync();
        Form = new() { Version = Settings.Version, Enabled = Settings.Enabled, ShowProcessorNames = Settings.ShowProcessorNames, ShowOfficerName = Settings.ShowOfficerName };
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await ReadAsync();
        if (!MayChange) return StatusCode(StatusCodes.Status403Forbidden);
        if (!ModelState.IsValid) return Page();
        // Her form does not ask it of who may not decide; what she posts for it is not heard.
        if (!MayDecide) Form.Enabled = Settings.Enabled;
        var changes = Compare(Settings, Form);
        if (changes.Count == 0) return Redirect($"/o/{Organisation.Slug}/registre-public");
        if (Form.Version != Settings.Version
            || !await store.SaveAsync(new() { Version = Form.Version, Enabled = Form.Enabled, ShowProcessorNames = Form.ShowProcessorNames, ShowOfficerName = Form.ShowOfficerName }))
        {
            Stale = true;
            Form.Version = Settings.Version;
            ModelState.Clear();
            Response.StatusCode = StatusCodes.Status409Conflict;
            return Page();
        }
        journal.Record(new Event(Organisation.Id, Actions.PublicRegisterChanged.Code, "ORGANISATION", Organisation.Id, new EventDetails { Subject = Organisation.Name, Changes = changes }));
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("Les réglages sont enregistrés : ce que lisent les habitants a changé avec eux.")));
        return Redirect($"/o/{Organisation.Slug}/registre-public");
    }

    private async Task ReadAsync() => (Settings, Sheets) = (await store.ReadAsync(), await store.SheetsAsync());

    private static List<Change> Compare(PublicRegisterSettings before, SettingsForm after)
    {
        var changes = new List<Change>();
        Add(Languages.Key("Registre public ouvert"), before.Enabled, after.Enabled);
        Add(Languages.Key("Noms des sous-traitants montrés"), before.ShowProcessorNames, after.ShowProcessorNames);
        Add(Languages.Key("Nom du délégué montré"), before.ShowOfficerName, after.ShowOfficerName);
        return changes;

        void Add(string field, bool old, bool now)
        {
            if (old != now) changes.Add(new(field, old ? "Oui" : "Non", now ? "Oui" : "Non"));
        }
    }
}
