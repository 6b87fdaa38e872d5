using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Records;

/// <summary>The officer gives her opinion, the controller says what follows; neither writes in the other's place.</summary>
[Requires(Function.Opinions)]
[Requires(Function.Opinions, Right.WriteOwn)]
public sealed class OpinionsModel(RecordStore store, RecordOpinionStore opinions, RecordDesk desk, Visitor visitor, Journal journal, IStringLocalizer t) : PageModel
{
    [BindProperty]
    public OpinionForm Form { get; set; } = new();

    [BindProperty]
    public DecisionForm Answer { get; set; } = new();

    public ProcessingRecord Record { get; private set; } = null!;
    public IReadOnlyList<RecordOpinion> Opinions { get; private set; } = [];
    public CurrentOrganisation Organisation => visitor.Organisation;
    public string Back => $"/o/{Organisation.Slug}/traitements/{Record.Reference}";
    public bool MayGive => visitor.Can(Function.Opinions, Right.Write) && Record.State is not (RecordStatus.Archived or RecordStatus.Abandoned);

    /// <summary>The assessment is a subject of its own only where there is one.</summary>
    public bool HasAssessment { get; private set; }

    /// <summary>The oldest opinion that waits, for the one who decides.</summary>
    public RecordOpinion? ToDecide => visitor.Can(Function.Opinions, Right.Decide) ? Opinions.LastOrDefault(opinion => opinion.Waits) : null;

    public bool Stale { get; private set; }

    public async Task<IActionResult> OnGetAsync(string reference)
    {
        if (!await ReadAsync(reference, toChange: false)) return NotFound();
        Form.Seen = Opinions.Count;
        Form.GivenOn = desk.Today;
        if (ToDecide is { } waiting) Answer.Number = waiting.Number;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string reference)
    {
        if (!await ReadAsync(reference, toChange: true)) return NotFound();
        if (visitor.GrantFor(Function.Opinions, Right.Write) is not { } grant) return StatusCode(StatusCodes.Status403Forbidden);
        if (!MayGive) return StatusCode(StatusCodes.Status409Conflict);
        if (!HasAssessment) Form.Subject = RecordOpinion.OnProcessing;
        Form.Check(ModelState, desk.Today);
        if (!ModelState.IsValid) return Page();
        if (Form.Seen != Opinions.Count) return Changed();
        var sheet = Record.ReadSheet();
        var number = await opinions.GiveAsync(Record.Id, Form, Form.Subject == RecordOpinion.OnProcessing && sheet.Purposes.LegalBases.Exists(row => row.Basis == "LEGITIMATE_INTERESTS"));
        return Told(grant, Actions.OpinionGiven, number, $"{Languages.InFrench(() => SheetValues.Label("OpinionConclusion", Form.Conclusion))} : {Form.Opinion}", t.Get("Votre avis est enregistré. Le représentant de l’organisme décide de la suite."));
    }

    public async Task<IActionResult> OnPostDecideAsync(string reference)
    {
        if (!await ReadAsync(reference, toChange: true)) return NotFound();
        if (visitor.GrantFor(Function.Opinions, Right.Decide) is not { } grant) return StatusCode(StatusCodes.Status403Forbidden);
        if (ToDecide is null) return StatusCode(StatusCodes.Status409Conflict);
        Answer.Check(ModelState);
        if (!ModelState.IsValid) return Page();
        if (Answer.Number != ToDecide.Number) return Changed();
        if (!await opinions.DecideAsync(Record.Id, Answer)) return StatusCode(StatusCodes.Status409Conflict);
        var decided = Languages.InFrench(() => SheetValues.Label("OpinionDecision", Answer.Decision));
        return Told(grant, Actions.OpinionDecided, Answer.Number, Answer.Reason is null ? decided : $"{decided} : {Answer.Reason}", t.Get("La suite donnée à l’avis est enregistrée."));
    }

    private PageResult Changed()
    {
        Stale = true;
        Form.Seen = Opinions.Count;
        Answer.Number = ToDecide?.Number ?? 0;
        ModelState.Clear();
        Response.StatusCode = StatusCodes.Status409Conflict;
        return Page();
    }

    private RedirectResult Told(Grant grant, Happening happening, int number, string words, string flash)
    {
        journal.Role = grant.Role.Code();
        desk.Tell(happening, Record.Id, $"{Record.Reference} · {number}", words);
        FrameFilter.Leave(TempData, new FrameFlash("done", flash));
        return Redirect($"{Back}#avis");
    }

    private async Task<bool> ReadAsync(string reference, bool toChange)
    {
        if (await store.FindAsync(reference, toChange) is not { } record) return false;
        if (record.PublishedVersion is null && !desk.ReadsDrafts(record.AuthorId == visitor.PersonId)) return false;
        Record = record;
        Opinions = await opinions.ListAsync(record.Id);
        var dpia = record.ReadSheet().Dpia;
        HasAssessment = dpia.Required || !string.IsNullOrEmpty(dpia.DpiaStatus);
        return true;
    }
}
