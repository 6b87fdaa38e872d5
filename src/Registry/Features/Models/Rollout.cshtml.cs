using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Records;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Models;

/// <summary>One rollout through its life: what it would do, how far it is, what it did, and the way back.</summary>
[Requires(Function.Templates, Right.Write)]
public sealed class RolloutModel(ModelStore store, ModelShelf shelf, RolloutStore rollouts, RolloutStarter starter, RecordIntake intake, Visitor visitor, Journal journal, IStringLocalizer t) : PageModel
{
    private Guid _library;

    public Rollout Found { get; private set; } = null!;
    public IReadOnlyList<RolloutTarget> Targets { get; private set; } = [];
    public IReadOnlyList<ShelfModel> Models { get; private set; } = [];

    /// <summary>Before it is started: what it would do in each body.</summary>
    public IReadOnlyDictionary<Guid, RolloutPlan> Plans { get; private set; } = new Dictionary<Guid, RolloutPlan>();

    /// <summary>Models that have a newer revision than the one that was looked at.</summary>
    public IReadOnlyList<ShelfModel> Outdated { get; private set; } = [];

    public int Done => Targets.Count(target => target.Status != "WAITING" && !(Found.Status == "UNDOING" && target.Status == "DONE"));
    public bool IsSomebodyElses => Found.PersonId != visitor.PersonId;
    public int Percent => Targets.Count == 0 ? 100 : 100 * Done / Targets.Count;
    public int ToAdd => Plans.Values.Sum(plan => plan.Added.Count);
    private string Named => Languages.InFrench(() => Found.Named(t));
    public string Title => Models.Count == 1 ? Models[0].Title : t.Get("{0} modèles", Models.Count);

    public async Task<IActionResult> OnGetAsync(Guid id) => await RefuseAsync(id) ?? await ShowAsync();

    public async Task<IActionResult> OnPostStartAsync(Guid id)
    {
        if (await RefuseAsync(id) is { } refusal) return refusal;
        await starter.StartAsync(_library, id, Named);
        return Redirect($"/modeles/diffusions/{id}");
    }

    public async Task<IActionResult> OnPostDropAsync(Guid id)
    {
        if (await RefuseAsync(id) is { } refusal) return refusal;
        if (!await rollouts.MoveAsync(_library, id, RolloutStatus.Prepared, RolloutStatus.Dropped)) return Redirect($"/modeles/diffusions/{id}");
        journal.Record(new Event(_library, Actions.RolloutDropped.Code, RolloutWork.ObjectType, id, new EventDetails { Subject = Named }));
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("La diffusion est abandonnée : rien n’a été ajouté nulle part.")));
        return Redirect("/modeles");
    }

    /// <summary>Goes on in one's own name with what somebody else left under way.</summary>
    public async Task<IActionResult> OnPostResumeAsync(Guid id)
    {
        if (await RefuseAsync(id) is { } refusal) return refusal;
        if (Found.IsMoving) await starter.ResumeAsync(_library, id, Found.Status == "UNDOING" ? RolloutStatus.Undoing : RolloutStatus.Running, Named);
        return Redirect($"/modeles/diffusions/{id}");
    }

    public async Task<IActionResult> OnPostUndoAsync(Guid id)
    {
        if (await RefuseAsync(id) is { } refusal) return refusal;
        if (!Found.Adopts) return StatusCode(StatusCodes.Status409Conflict);
        await starter.UndoAsync(_library, id, Languages.InFrench(() => t.Get("Annulation")));
        return Redirect($"/modeles/diffusions/{id}");
    }

    private async Task<IActionResult?> RefuseAsync(Guid id)
    {
        if (await store.LibraryAsync() is not { } library) return StatusCode(StatusCodes.Status403Forbidden);
        if (await rollouts.FindAsync(library, id) is not { } found) return NotFound();
        (_library, Found) = (library, found);
        return null;
    }

    private async Task<PageResult> ShowAsync()
    {
        Targets = await rollouts.TargetsAsync(Found);
        Models = [.. (await ChosenModels.OfAsync(Found, shelf)).Select(one => one.Model)];
        if (Found.Status == "PREPARED")
            Outdated = [.. (await shelf.ListAsync(null)).Where(now => Found.Chosen.Any(one => one.Code == now.Code && one.Revision < now.Revision))];
        if (Found is { Adopts: true, Status: "PREPARED" })
        {
            var held = await intake.HeldAsync([.. Targets.Select(target => target.TargetId)], [.. Models.Select(model => model.Code)], [.. Models.Select(model => model.Title)]);
            Plans = Targets.ToDictionary(target => target.TargetId, target => RolloutPlan.For(Models, target.Type, held[target.TargetId]));
        }
        return Page();
    }
}
