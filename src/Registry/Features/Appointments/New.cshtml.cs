using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Shared;
using Registry.History;
using Registry.Identity;

namespace Registry.Features.Appointments;

/// <summary>Records a written act that names somebody. The account, when there is an address, is invited by mail.</summary>
[Requires(Function.Appointments, Right.Write)]
[Requires(Function.Appointments, Right.Decide)]
[RecentSecondFactor]
public sealed class NewModel(AppointmentStore store, Visitor visitor, Journal journal, IStringLocalizer t) : PageModel
{
    [BindProperty]
    public NewAppointment Form { get; set; } = new();

    public CurrentOrganisation Organisation => visitor.Organisation;
    public IReadOnlyList<Appointment> Existing { get; private set; } = [];
    public IReadOnlyList<Option> People => [.. Existing.Where(one => one.AreaName is null).DistinctBy(one => one.PersonId).Select(one => new Option(one.PersonId.ToString(), one.PersonName))];
    public IReadOnlyList<Option> Delegators => [.. Existing.Where(one => one.AreaName is null).Select(one => new Option(one.Id.ToString(), $"{one.PersonName}, {Facts.Vocabulary.Current.Label("AppointmentKind", one.Kind)}"))];

    public async Task OnGetAsync()
    {
        Form.Id = Guid.CreateVersion7();
        await ShowAsync();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await ShowAsync();
        Form.Check(Existing, ModelState);
        if (!ModelState.IsValid) return Page();
        var added = Form.ToAppointment(Existing);
        if (Form.Person is null && await store.AddPersonAsync(added.PersonId, Form.FirstName!.Trim(), Form.LastName!.Trim(), Blank(Form.Job), Blank(Form.Email)))
        {
            journal.Record(new Event(Organisation.Id, Actions.PersonAdded.Code, "PERSON", added.PersonId, new EventDetails { Subject = added.PersonName }));
        }
        if (await store.AddAsync(added, Form.Giver(Existing)?.Id))
            journal.Record(new Event(Organisation.Id, Actions.Appointed.Code, "APPOINTMENT", added.Id, new EventDetails
            {
                Subject = $"{added.PersonName} · {Facts.Vocabulary.Current.Find("AppointmentKind", added.Kind)!.French}",
                Changes = [new Change(Languages.Key("Du"), null, $"{added.StartOn:dd/MM/yyyy}"), new Change(Languages.Key("Acte écrit"), null, $"{added.ActType} {added.ActReference} {added.ActDate:dd/MM/yyyy}")],
            }));
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("La désignation est enregistrée.")));
        return Redirect($"/o/{Organisation.Slug}/designations");
    }

    private async Task ShowAsync() => Existing = await store.ListAsync();

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
