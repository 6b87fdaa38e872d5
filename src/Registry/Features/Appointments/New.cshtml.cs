using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Shared;
using Registry.History;
using Registry.Identity;

namespace Registry.Features.Appointments;

/// <summary>
/// Records a written act that names somebody. First which office, and a person to look for; then what that office asks. The account, when there is an
/// address, is opened on the page that follows.
/// </summary>
[BeyondOrganisation]
[Requires(Function.Appointments, Right.Write)]
[Requires(Function.Appointments, Right.Decide)]
[RecentSecondFactor]
public sealed class NewModel(AppointmentStore store, KnownPeople known, Identity.Accounts accounts, Visitor visitor, Journal journal, TimeProvider clock, IStringLocalizer t) : PageModel
{
    [BindProperty]
    public NewAppointment Form { get; set; } = new();

    public CurrentOrganisation Organisation => visitor.Organisation;
    public IReadOnlyList<Appointment> Existing { get; private set; } = [];
    public IReadOnlyList<Option> People { get; private set; } = [];
    public string Search { get; private set; } = "";
    public bool SearchedInVain { get; private set; }

    /// <summary>The first step, until an office is chosen.</summary>
    public bool Choosing { get; private set; }

    public string SignerHint => BodyHeads.Of(Organisation.Type) switch
    {
        BodyHead.Mayor => Languages.Key("Par exemple : le maire."),
        BodyHead.President => Languages.Key("Par exemple : la présidente, le président."),
        _ => Languages.Key("Par exemple : la directrice, le directeur."),
    };

    public IReadOnlyList<Option> Delegators => [.. Form.Givers(Existing).Select(one => new Option(one.Id.ToString(), $"{one.PersonName}, {Facts.Vocabulary.Current.Label("AppointmentKind", one.Kind)}"))];

    public async Task OnGetAsync([FromQuery(Name = "fonction")] string? office, [FromQuery(Name = "q")] string? search)
    {
        (Form.Id, Form.Kind, Search) = (Guid.CreateVersion7(), office, search?.Trim() ?? "");
        Choosing = Form.Office is null;
        if (Choosing && Request.Query.Count > 0) ModelState.AddModelError("fonction", "Choisissez la fonction.");
        if (Choosing) return;
        Existing = await store.ListAsync();
        var found = await known.SearchAsync(Search);
        SearchedInVain = Search.Length > 0 && found.Count == 0;
        Offer(found);
        if (found.Count == 1) Form.Person = found[0].Id.ToString();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await store.TakeAsync();
        Existing = await store.ListAsync();
        var person = string.IsNullOrEmpty(Form.Person) ? await known.FindByEmailAsync(Form.Email) : Guid.TryParse(Form.Person, out var chosen) ? await known.FindAsync(chosen) : null;
        Offer(person is null ? [] : [person]);
        Form.Check(Existing, person, ModelState);
        if (!ModelState.IsValid) return Page();
        var added = Form.ToAppointment(person);
        if (person is null && await store.AddPersonAsync(added.PersonId, Form.FirstName!.Trim(), Form.LastName!.Trim(), Blank(Form.Job), Blank(Form.Email)))
        {
            journal.Record(new Event(Organisation.Id, Actions.PersonAdded.Code, "PERSON", added.PersonId, new EventDetails { Subject = added.PersonName }));
        }
        if (await store.AddAsync(added, Form.Giver(Existing)?.Id))
            journal.Record(new Event(Organisation.Id, Actions.Appointed.Code, "APPOINTMENT", added.Id, new EventDetails
            {
                Subject = $"{added.PersonName} · {Facts.Vocabulary.Current.Find("AppointmentKind", added.Kind)!.French}",
                Changes = [new Change(Languages.Key("Du"), null, $"{added.StartOn:dd/MM/yyyy}"), new Change(Languages.Key("Acte écrit"), null, $"{added.ActType} {added.ActReference} {added.ActDate:dd/MM/yyyy}")],
            }));
        return Redirect(await NextAsync(added));
    }

    /// <summary>What comes next is said: inviting her, by whoever may; or nothing, when she can enter already.</summary>
    private async Task<string> NextAsync(Appointment added)
    {
        var list = $"/o/{Organisation.Slug}/designations";
        if (await accounts.StatusOfAsync(added.PersonId) == "ACTIVE") return Leave(list, t.Get("La désignation est enregistrée. {0} a déjà un compte et trouvera cet organisme à sa prochaine visite.", added.PersonName));
        if (added.Email is null) return Leave(list, t.Get("La désignation est enregistrée. Sans adresse électronique, {0} ne peut pas recevoir d’invitation.", added.PersonName));
        if (added.EndOn < Organisation.Today(clock)) return Leave(list, t.Get("La désignation est enregistrée."));
        if (!AccountModel.MayKeep(visitor, added, [.. Existing, added]) || await store.IsAppointedElsewhereAsync(added.PersonId))
            return Leave(list, t.Get("La désignation est enregistrée. Prochaine étape : le délégué invite {0} à ouvrir son compte.", added.PersonName));
        return Leave($"{list}/{added.Id}/compte", t.Get("La désignation est enregistrée. Prochaine étape : invitez {0} à ouvrir son compte.", added.PersonName));
    }

    private string Leave(string address, string text)
    {
        FrameFilter.Leave(TempData, new FrameFlash("done", text));
        return address;
    }

    /// <summary>Those appointed here, and those who were looked for or recognised by their address.</summary>
    private void Offer(IReadOnlyList<KnownPerson> found) =>
        People = [.. Existing.Where(one => one.AreaName is null).Select(one => new Option(one.PersonId.ToString(), one.PersonName))
            .Concat(found.Select(one => new Option(one.Id.ToString(), one.Label))).Reverse().DistinctBy(one => one.Value).Reverse()];

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
