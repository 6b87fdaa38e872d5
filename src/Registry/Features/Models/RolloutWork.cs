using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Records;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Models;

/// <summary>
/// One step of a rollout: one body, in one transaction, in the name of the person who started it and with her rights of that moment. Either all of it
/// stands in that body afterwards, with its events, or nothing.
/// </summary>
public sealed class RolloutWork(RolloutStore rollouts, ModelStore models, ModelShelf shelf, RecordIntake intake, RecordDesk desk, GrantStore grants, Visitor visitor, Journal journal, IStringLocalizer t)
{
    public const string ObjectType = "ROLLOUT";

    /// <summary>The body that the step is about, once it has one.</summary>
    public RolloutTarget? Target { get; private set; }

    /// <summary>False when no body waits any more.</summary>
    public async Task<bool> StepAsync(Guid library, Guid id)
    {
        if (await rollouts.FindAsync(library, id) is not { IsMoving: true } rollout) return false;
        var undoing = rollout.Status == "UNDOING";
        var from = undoing ? TargetStatus.Done : TargetStatus.Waiting;
        if (await rollouts.NextAsync(library, id, from) is not { } next)
        {
            await EndAsync(rollout, from, undoing);
            return false;
        }
        Target = new RolloutTarget { TargetId = next.Id, Name = next.Name, Slug = next.Slug ?? "", Type = "", Status = "", Changed = next.Changed };
        var standing = next.Slug is null ? null : await grants.FindAsync(next.Slug);
        if (standing?.Organisation is not { } organisation || !May(standing, organisation))
        {
            await RefuseAsync(rollout, Target, t.Get("Vous ne tenez plus le registre de cet organisme."));
            return true;
        }
        if (undoing) await UndoAsync(rollout, organisation);
        else if (rollout.Adopts) await AdoptAsync(rollout, organisation);
        else await ReviseAsync(rollout, organisation);
        return true;
    }

    /// <summary>A body in which the step failed: nothing of it stands there, and the report says why.</summary>
    public async Task RefuseAsync(Guid library, Guid id, RolloutTarget target)
    {
        if (await rollouts.FindAsync(library, id) is not { IsMoving: true } rollout) return;
        await RefuseAsync(rollout, target, rollout.Status == "UNDOING" ? t.Get("L’annulation a échoué ici : les brouillons y restent.") : t.Get("L’enregistrement a échoué dans cet organisme : rien n’y a été ajouté."));
    }

    // What was added there before an undoing that fails is still there: the report must go on counting it.
    private Task RefuseAsync(Rollout rollout, RolloutTarget target, string reason) => rollout.Status == "UNDOING"
        ? TellAsync(rollout, target.TargetId, TargetStatus.Refused, 0, 0, target.Changed, reason, target.Name)
        : TellAsync(rollout, target.TargetId, TargetStatus.Refused, 0, 0, 0, reason, target.Name);

    private bool May(Standing standing, CurrentOrganisation organisation)
    {
        visitor.StandsIn(organisation);
        visitor.Holds(standing.Grants, standing.Reach, standing.WorksOverArea);
        // Only where she is the officer: as an assistant or correspondent elsewhere she gives out no models.
        journal.Role = Role.Dpo.Code();
        return standing.Grants.Any(grant => grant.Role == Role.Dpo);
    }

    private async Task AdoptAsync(Rollout rollout, CurrentOrganisation organisation)
    {
        var chosen = await ChosenModels.OfAsync(rollout, shelf);
        var held = (await intake.HeldAsync([organisation.Id], [.. chosen.Select(one => one.Model.Code)], [.. chosen.Select(one => one.Model.Title)]))[organisation.Id];
        var plan = RolloutPlan.For(chosen.Select(one => one.Model), organisation.Type, held);
        await intake.AddAllAsync([.. plan.Added.Select(model => new TakenSheet(chosen.First(one => one.Model == model).Sheet.Copy(), model.Revision, model.Library))], rollout.Id);
        await TellAsync(rollout, organisation.Id, TargetStatus.Done, plan.Added.Count, plan.Skipped.Count, 0, null, organisation.Name);
    }

    private async Task ReviseAsync(Rollout rollout, CurrentOrganisation organisation)
    {
        var (code, revision) = rollout.Chosen.First();
        var library = rollout.OrganisationId;
        var texts = await shelf.ReadAsync([.. Enumerable.Range(1, revision).Select(number => (code, number))], library);
        var became = texts[(code, revision)];
        var model = new ShelfModel { Code = code, Title = became.Identification.Title ?? code, OrganisationTypes = [], Revision = revision, Library = library };
        var (taken, left) = (0, 0);
        foreach (var number in await models.NumbersBehindAsync(organisation.Id, code, revision, library))
        {
            var reading = (await desk.ReadAsync(ProcessingRecord.ReferenceOf(number), toChange: true))!;
            // A copy of another officer's text is compared by a person, or not at all.
            var was = reading.Record.ModelLibrary is { } other && other != library ? null : texts.GetValueOrDefault((code, reading.Record.ModelRevision));
            var merge = was is null ? null : new ModelMerge(was, became, reading.Sheet);
            if (merge is null or { HasConflict: true } || !ModelCopies.IsOpen(reading.Record.State)) left++;
            else if (await intake.SettleAsync(reading, merge.Apply(_ => (MergeAnswer.Take, null)), model, t.Get("Révision {0} du modèle, reprise sans conflit.", revision))) taken++;
            else left++;
        }
        await TellAsync(rollout, organisation.Id, TargetStatus.Done, taken, left, 0, null, organisation.Name);
    }

    private async Task UndoAsync(Rollout rollout, CurrentOrganisation organisation)
    {
        var (gone, kept) = await intake.TakeBackAsync(rollout.Id, t.Get("Diffusion annulée par {0}.", visitor.Name));
        await TellAsync(rollout, organisation.Id, TargetStatus.Undone, gone, 0, kept, null, organisation.Name);
    }

    private async Task EndAsync(Rollout rollout, TargetStatus from, bool undoing)
    {
        // Another worker may still hold a body: whoever comes last ends the rollout.
        if (await rollouts.HasAsync(rollout.OrganisationId, rollout.Id, from)) return;
        var moved = undoing ? await rollouts.MoveAsync(rollout.OrganisationId, rollout.Id, RolloutStatus.Undoing, RolloutStatus.Undone)
            : await rollouts.MoveAsync(rollout.OrganisationId, rollout.Id, RolloutStatus.Running, RolloutStatus.Done);
        if (moved) Tell(undoing ? Actions.RolloutUndone : Actions.RolloutEnded, rollout, rollout.Named(t));
    }

    private async Task TellAsync(Rollout rollout, Guid target, TargetStatus status, int changed, int skipped, int kept, string? reason, string name)
    {
        await rollouts.SettleAsync(rollout.OrganisationId, rollout.Id, target, status, changed, skipped, kept, reason);
        Tell(Actions.RolloutReached, rollout, t.Get("{0} : {1} fiches", name, changed), reason);
    }

    private void Tell(Happening happening, Rollout rollout, string subject, string? reason = null) =>
        journal.Record(new Event(rollout.OrganisationId, happening.Code, ObjectType, rollout.Id, new EventDetails { Subject = subject, Reason = reason }));
}
