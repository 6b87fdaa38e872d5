using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Conventions;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Responsibilities;

/// <summary>Who answers for what under a convention, whole or for one party: "what must I do?".</summary>
[Requires(Function.ResponsibilityMatrix, Right.ReadOwn)]
public sealed class IndexModel(ConventionDesk desk, MatrixStore store, Visitor visitor, IStringLocalizer t) : PageModel
{
    public ConventionReading Reading { get; private set; } = null!;
    public KeptMatrix? Kept { get; private set; }
    public MatrixSheet Matrix { get; private set; } = new();
    public IReadOnlyList<MatrixVersion> Versions { get; private set; } = [];
    public IReadOnlyList<MatrixParty> Parties { get; private set; } = [];
    public IReadOnlyList<MatrixWarning> Warnings { get; private set; } = [];

    /// <summary>For whom alone it is read, counted from one.</summary>
    public int? For { get; private set; }
    public CurrentOrganisation Organisation => visitor.Organisation;
    public string At(string rest = "") => desk.At(Reading.Convention, rest);

    /// <summary>Contributors and delegates read what their own body does, no more (F11).</summary>
    public bool ReadsAll => visitor.Can(Function.ResponsibilityMatrix, Right.Read);
    public bool ReadsConvention => visitor.Can(Function.Conventions, Right.ReadOwn);
    public bool MayEdit => MayEditIn(Reading, visitor);
    public bool MayIssue => Kept is not null && MayIssueIn(Reading, visitor);
    public IReadOnlyList<MatrixParty> Shown => ReadsAll && For is null ? Parties : For is { } one ? [Parties[one - 1]] : [];

    public static bool MayEditIn(ConventionReading reading, Visitor visitor) =>
        reading.Keeps && ConventionStates.MayEdit(reading.Convention.State) && visitor.Can(Function.ResponsibilityMatrix, Right.Write);

    public static bool MayIssueIn(ConventionReading reading, Visitor visitor) =>
        reading.Keeps && ConventionStates.MayEdit(reading.Convention.State) && visitor.Can(Function.ResponsibilityMatrix, Right.Decide);

    public async Task<IActionResult> OnGetAsync(string convention, int? partie)
    {
        if (await desk.ReadAsync(convention) is not { } reading) return NotFound();
        await FillAsync(reading);
        if (partie is { } asked)
        {
            if (asked < 1 || asked > Parties.Count) return NotFound();
            For = asked;
        }
        if (ReadsAll) return Page();
        var own = Parties.ToList().FindIndex(party => party.OrganisationId == Organisation.Id.ToString());
        if (partie is not null && partie != own + 1) return NotFound();
        For = own < 0 ? null : own + 1;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string convention, string? model)
    {
        if (await desk.ReadAsync(convention, toChange: true) is not { } reading) return NotFound();
        if (!MayEditIn(reading, visitor)) return StatusCode(StatusCodes.Status403Forbidden);
        await FillAsync(reading);
        if (Kept is not null) return Redirect(At("/matrice"));
        if (Parties.Count == 0) ModelState.AddModelError("", "Nommez d’abord les parties de la convention : chacune a sa colonne.");
        else if (model is not (MatrixModel.Code or "EMPTY")) ModelState.AddModelError("", "Choisissez d’où partir.");
        if (!ModelState.IsValid) return Page();
        var sheet = model == MatrixModel.Code ? MatrixModel.For(Parties) : MatrixModel.Empty(Parties);
        if (await store.AddAsync(reading.Convention, sheet))
        {
            desk.Tell(Actions.MatrixStarted, reading.Convention, $"{reading.Convention.Reference} · {sheet.Title ?? reading.Convention.Title}");
            FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("La matrice est commencée : relisez chaque ligne.")));
        }
        return Redirect(At("/matrice"));
    }

    private async Task FillAsync(ConventionReading reading)
    {
        Reading = reading;
        Parties = MatrixParty.Of(reading.Sheet.Parties);
        (Kept, Versions) = await store.FindAsync(reading.Convention);
        if (Kept is null) return;
        Matrix = Kept.Read();
        Warnings = MatrixRules.Warnings(Matrix, Parties);
    }
}
