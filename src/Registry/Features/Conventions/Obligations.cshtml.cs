using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Deadlines;
using Registry.Features.Records;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Conventions;

/// <summary>What each side owes, what is proved, and the evidence.</summary>
[Requires(Function.Conventions, Right.ReadOwn)]
public sealed class ObligationsModel(ConventionDesk desk, ConventionLifeStore store, Visitor visitor, IStringLocalizer t) : PageModel
{
    public ConventionReading Reading { get; private set; } = null!;
    public string? Side { get; private set; }
    public CurrentOrganisation Organisation => visitor.Organisation;
    public string? TrainingsAt => visitor.Can(Function.Training, Right.Read) ? $"/o/{visitor.Organisation.Slug}" : null;
    public string? RegisterAt => visitor.Can(Function.ReadRecords, Right.Read) ? $"/o/{visitor.Organisation.Slug}/traitements" : null;

    /// <summary>The day for which something is wished that has to be asked for months before (OB-09).</summary>
    [BindProperty(SupportsGet = true)]
    [Day]
    public DateOnly? Wished { get; set; }

    public (ObligationRow Row, int Months)? Ahead { get; private set; }
    public ReckonedDate? AskBy => Wished is { } day && ModelState.IsValid && Ahead is var (_, months) ? Deadlines.Obligations.LatestRequest(day, months) : null;

    public string At(string rest = "") => desk.At(Reading.Convention, rest);
    public bool MayEdit => desk.MayEdit(Reading);
    public IReadOnlyList<ObligationState> Shown => [.. Reading.Obligations.Where(state => Side is null || state.Row.Debtor == Side)
        .OrderBy(state => state.DueOn is null).ThenBy(state => state.DueOn)];
    public bool MayProve(ObligationState state) => desk.MayProve(Reading, state.Row);

    /// <summary>One takes back what one's own organisation gave.</summary>
    public bool MayWithdraw(ConventionProof proof) =>
        proof.ContributorName == Organisation.Name && Reading.Obligations.FirstOrDefault(state => state.Row.Code == proof.Code) is { } owed && desk.MayProve(Reading, owed.Row);

    public async Task<IActionResult> OnGetAsync(string convention, [FromQuery(Name = "qui")] string? side)
    {
        if (await desk.ReadAsync(convention) is not { } reading) return NotFound();
        (Reading, Side) = (reading, side is "PROVIDER" or "BENEFICIARY" or "BOTH" ? side : null);
        Ahead = reading.Sheet.Obligations.Obligations.Select(row => (row, DeadlineRule.Parse(row.DeadlineRule))).Where(one => one.Item2 is { Anchor: DeadlineAnchor.WishedDate, Months: > 0 })
            .Select(one => ((ObligationRow, int)?)(one.row, one.Item2!.Months)).FirstOrDefault();
        return Page();
    }

    public async Task<IActionResult> OnPostWithdrawAsync(string convention, Guid proof)
    {
        if (await desk.ReadAsync(convention, toChange: true) is not { } reading) return NotFound();
        Reading = reading;
        if (reading.Life.Proofs.FirstOrDefault(one => one.Id == proof) is not { } known) return NotFound();
        if (!MayWithdraw(known)) return StatusCode(StatusCodes.Status403Forbidden);
        if (await store.WithdrawProofAsync(reading.Convention, proof) is not { } code) return NotFound();
        desk.Tell(Actions.ProofWithdrawn, reading.Convention, $"{reading.Convention.Reference} · {code} · {known.Document}");
        if (reading.Keeps) await desk.SettleAsync(reading.Convention, reading.Sheet);
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("La preuve est retirée. L’historique garde sa trace.")));
        return Redirect(At("/obligations"));
    }
}
