using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;
using Registry.History;

namespace Registry.Features.Conventions;

/// <summary>The life of a convention: where it stands, what comes next and why, what is owed now.</summary>
[Requires(Function.Conventions, Right.ReadOwn)]
public sealed class DetailsModel(ConventionDesk desk, Trail trail, Visitor visitor) : PageModel
{
    private const int MostLines = 50;
    private const int ObligationsShown = 8;

    public ConventionReading Reading { get; private set; } = null!;
    public LifeLine? Line { get; private set; }
    public IReadOnlyList<TrailLine> History { get; private set; } = [];
    public IReadOnlyList<ConventionAct> Acts { get; private set; } = [];
    public CurrentOrganisation Organisation => visitor.Organisation;
    public bool ReadsDocuments => visitor.Can(Function.Documents, Right.ReadOwn);
    public string? TrainingsAt => visitor.Can(Function.Training, Right.Read) ? $"/o/{visitor.Organisation.Slug}" : null;

    /// <summary>A convention that shares the officer leads to what the officer does here.</summary>
    public string? MissionsAt => Reading.Sheet.SharedOfficer.Phases.Count > 0 && visitor.Can(Function.Interventions, Right.Read) ? $"/o/{visitor.Organisation.Slug}/missions" : null;
    public string? OpinionAt => Reading.Keeps && (visitor.Can(Function.Opinions, Right.Decide) || visitor.Can(Function.Opinions, Right.WriteOwn)) ? $"/o/{visitor.Organisation.Slug}/avis/demander?sujet=CONVENTION&objet={Reading.Convention.Reference}" : null;
    public string At(string rest = "") => desk.At(Reading.Convention, rest);
    public bool MayEdit => desk.MayEdit(Reading);

    /// <summary>What is late or near, then what comes next.</summary>
    public IReadOnlyList<ObligationState> Pressing => [.. Reading.Obligations.Where(state => state.DueOn is not null).OrderBy(state => state.DueOn).Take(ObligationsShown)];

    public bool MayProve(ObligationState state) => desk.MayProve(Reading, state.Row);

    public async Task<IActionResult> OnGetAsync(string convention)
    {
        if (await desk.ReadAsync(convention) is not { } reading) return NotFound();
        Reading = reading;
        Line = LifeLine.Of(reading.Convention, reading.Sheet, reading.Today);
        Acts = desk.ActsFor(reading);
        if (reading.Keeps && visitor.Can(Function.History, Right.Read)) History = await trail.ListAsync(Organisation.Id, reading.Convention.Id, MostLines);
        return Page();
    }
}
