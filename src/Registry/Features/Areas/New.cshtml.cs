using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Data;
using Registry.Features.Shared;
using Registry.History;
using Registry.Identity;

namespace Registry.Features.Areas;

/// <summary>Opens an area and names its first officer, who is invited. Everything after that is hers.</summary>
[Requires(Function.Organisations, Right.Write)]
[RecentSecondFactor]
public sealed class NewModel(AreaStore store, Db db, Visitor visitor, Journal journal, Identity.Accounts accounts, IStringLocalizer t) : PageModel
{
    [BindProperty]
    public AreaForm Form { get; set; } = new();

    public IReadOnlyList<Option> Leads { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync() => await RefuseAsync() ?? Page();

    public async Task<IActionResult> OnPostAsync()
    {
        if (await RefuseAsync() is { } refusal) return refusal;
        Form.Check(Leads, ModelState);
        if (ModelState.IsValid && await accounts.HasAccountAsync(Form.Email!)) ModelState.AddModelError("Form.Email", "Cette adresse a déjà un compte.");
        if (!ModelState.IsValid) return Page();
        var (lead, area, person) = (Guid.Parse(Form.Lead!), Guid.CreateVersion7(), Guid.CreateVersion7());
        await store.AddAsync(area, lead, Form.Name!, Form.Mail, person, Form.FirstName!, Form.LastName!, Form.Email!, Form.From!.Value);
        var name = $"{Form.FirstName} {Form.LastName}";
        journal.Record(new Event(lead, Actions.AreaAdded.Code, "AREA", area, new EventDetails { Subject = Form.Name }));
        journal.Record(new Event(lead, Actions.PersonAdded.Code, "PERSON", person, new EventDetails { Subject = name }));
        journal.Record(new Event(lead, Actions.Appointed.Code, "AREA", area, new EventDetails { Subject = name, Changes = [new Change(Languages.Key("Du"), null, $"{Form.From:dd/MM/yyyy}")] }));
        var employer = Leads.First(option => option.Value == Form.Lead).Label;
        db.AfterCommit(() => accounts.InviteAsync(person, name, Form.Email!, employer, visitor.PersonId));
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("L’espace est ouvert et {0} est invitée à entrer.", name)));
        return Redirect($"/espaces/{area}");
    }

    private async Task<IActionResult?> RefuseAsync()
    {
        if (visitor.Grants.All(grant => grant.Role != Role.PlatformAdmin)) return StatusCode(StatusCodes.Status403Forbidden);
        Leads = [.. (await store.LeadsAsync()).Select(lead => new Option(lead.Id.ToString(), lead.Name))];
        return null;
    }

    public sealed class AreaForm
    {
        public string? Lead { get; set; }
        public string? Name { get; set; }
        public string? Mail { get; set; }
        public string? FirstName { get; set; }
        public string? LastName { get; set; }
        public string? Email { get; set; }
        public DateOnly? From { get; set; }

        public void Check(IReadOnlyList<Option> leads, Microsoft.AspNetCore.Mvc.ModelBinding.ModelStateDictionary errors)
        {
            if (leads.All(lead => lead.Value != Lead)) errors.AddModelError("Form.Lead", "Choisissez l’organisme qui emploie le délégué.");
            Name = Text("Name", Name, 200, Languages.Key("Donnez un nom à l’espace."));
            FirstName = Text("FirstName", FirstName, 100, Languages.Key("Écrivez le prénom."));
            LastName = Text("LastName", LastName, 100, Languages.Key("Écrivez le nom."));
            Email = Address("Email", Email, required: true);
            Mail = Address("Mail", Mail, required: false);
            if (From is null && errors["Form.From"]?.Errors is not { Count: > 0 }) errors.AddModelError("Form.From", "Indiquez le premier jour.");

            string? Text(string field, string? typed, int most, string message)
            {
                var text = typed?.Trim().Normalize();
                if (string.IsNullOrEmpty(text)) errors.AddModelError("Form." + field, message);
                else if (text.Length > most) errors.AddModelError("Form." + field, most == 100 ? Languages.Key("Écrivez 100 caractères au plus.") : Languages.Key("Écrivez 200 caractères au plus."));
                else if (TypedText.HasHidden(text)) errors.AddModelError("Form." + field, TypedText.HiddenCharacter);
                return text;
            }

            string? Address(string field, string? typed, bool required)
            {
                var text = typed?.Trim();
                if (string.IsNullOrEmpty(text) && !required) return null;
                if (!EmailAddress.IsWhole(text)) errors.AddModelError("Form." + field, EmailAddress.Message);
                return text;
            }
        }
    }
}
