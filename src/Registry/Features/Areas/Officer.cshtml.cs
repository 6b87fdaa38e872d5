using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Facts;
using Registry.Features.Appointments;
using Registry.Features.Shared;
using Registry.History;
using Registry.Identity;

namespace Registry.Features.Areas;

/// <summary>Names the officer of an area. Who is in office hands over the day before: one act, no day without officer, no day with two.</summary>
[Requires(Function.Organisations, Right.Write)]
[RecentSecondFactor]
public sealed class OfficerModel(AreaStore store, KnownPeople known, Identity.Accounts accounts, Visitor visitor, Journal journal, TimeProvider clock, IStringLocalizer t) : PageModel
{
    [BindProperty]
    public OfficerForm Form { get; set; } = new();

    public AreaView Area { get; private set; } = null!;
    public IReadOnlyList<AreaOffice> Offices { get; private set; } = [];
    public IReadOnlyList<Option> People { get; private set; } = [];
    public static IReadOnlyList<Option> Acts => [.. Vocabulary.Current.Terms("ActType").Select(term => new Option(term.Code, term.Label))];
    public static IReadOnlyList<Option> Reasons => [.. Vocabulary.Current.Terms("AppointmentEndReason").Select(term => new Option(term.Code, term.Label))];

    /// <summary>Whose last day the act sets, as far as is known before a first day is typed.</summary>
    public AreaOffice? InOffice => Offices.FirstOrDefault(office => office.IsOfficer && office.Covers(Area.Today(clock)));

    public async Task<IActionResult> OnGetAsync(Guid space)
    {
        if (await RefuseAsync(space) is { } refusal) return refusal;
        Form.Version = Area.Version;
        Form.EndReason = "REPLACEMENT";
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid space)
    {
        if (await RefuseAsync(space) is { } refusal) return refusal;
        Form.Check(ModelState);
        var (possible, before) = Succession.Before(Offices, Form.From ?? DateOnly.MaxValue);
        if (!possible) ModelState.AddModelError("Form.From", "Quelqu’un est déjà désigné à partir de ce jour ou plus tard : mettez d’abord fin à sa désignation.");
        if (before is not null && !Vocabulary.Current.Contains("AppointmentEndReason", Form.EndReason)) ModelState.AddModelError("Form.EndReason", "Choisissez le motif.");
        var person = await PersonAsync();
        if (person is not null && person.Id == before?.PersonId) ModelState.AddModelError(Field, "Cette personne est déjà en fonction.");
        else if (person is not null && Form.From is { } day && await store.IsBarredAsync(person.Id, Area, day))
            ModelState.AddModelError(Field, "Cette personne ne peut pas être déléguée ici : elle répond de ce qu’elle contrôlerait, ou elle administre la plateforme.");
        if (!ModelState.IsValid) return Page();

        var name = person?.Name ?? $"{Form.FirstName} {Form.LastName}";
        var added = Form.ToOffice(person?.Id ?? Guid.CreateVersion7(), name);
        if (person is null) await store.AddPersonAsync(Area.LeadId, added.PersonId, Form.FirstName!, Form.LastName!, Form.Email!);
        if (Form.Version != Area.Version || !await store.AppointAsync(Area, added)) return StatusCode(StatusCodes.Status409Conflict);
        if (before is not null && !await store.EndAsync(Area, before, added.StartOn.AddDays(-1), Form.EndReason!)) return StatusCode(StatusCodes.Status409Conflict);
        if (person is null) journal.Record(new Event(Area.LeadId, Actions.PersonAdded.Code, "PERSON", added.PersonId, new EventDetails { Subject = name }));
        if (before is not null) journal.Record(OfficerEvents.Ended(Area, before, added.StartOn.AddDays(-1), Form.EndReason!));
        journal.Record(OfficerEvents.Named(Area, added));
        var invited = person is not null && await accounts.StatusOfAsync(person.Id) is "ACTIVE";
        FrameFilter.Leave(TempData, invited
            ? new FrameFlash("done", t.Get("La désignation de {0} commence le {1}. Son compte est déjà ouvert.", name, Dates.Full(added.StartOn)))
            : new FrameFlash("done", t.Get("La désignation de {0} commence le {1}.", name, Dates.Full(added.StartOn)), t.Get("Envoyer maintenant l’invitation"), $"/o/{Area.LeadSlug}/designations/{added.Id}/compte"));
        return Redirect($"/espaces/{Area.Id}");
    }

    private string Field => string.IsNullOrEmpty(Form.Person) ? "Form.Email" : "Form.Person";

    /// <summary>The person chosen, or whoever is known by the typed address; null for somebody new.</summary>
    private async Task<KnownPerson?> PersonAsync()
    {
        if (!string.IsNullOrEmpty(Form.Person))
        {
            var chosen = People.Any(option => option.Value == Form.Person) ? await known.FindAsync(Guid.Parse(Form.Person)) : null;
            if (chosen is null) ModelState.AddModelError("Form.Person", "Choisissez une valeur de la liste.");
            return chosen;
        }
        if (await known.FindByEmailAsync(Form.Email) is not { } found) return null;
        if (!found.IsNamed(Form.FirstName, Form.LastName))
            ModelState.AddModelError("Form.Email", "Cette adresse est celle d’une autre personne du registre : vérifiez le nom, ou choisissez-la dans la liste.");
        return found;
    }

    private async Task<IActionResult?> RefuseAsync(Guid space)
    {
        if (await store.FindAsync(space) is not { } found) return NotFound();
        if (visitor.Grants.All(grant => grant.Role != Role.PlatformAdmin)) return StatusCode(StatusCodes.Status403Forbidden);
        Area = found;
        Offices = await store.OfficesAsync(space);
        People = [.. (await store.LikelyAsync(space)).Select(person => new Option(person.Id.ToString(), person.Name))];
        return null;
    }
}
