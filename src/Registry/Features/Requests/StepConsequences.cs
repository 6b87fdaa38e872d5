using Registry.Deadlines;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Requests;

/// <summary>What a step brings about beyond the file itself, in its transaction: links, mails, and the end of what is no longer needed.</summary>
public sealed class StepConsequences(RequestFileStore files, RequestDialogueStore dialogue, PersonMails mails, RequestDesk desk)
{
    /// <param name="act">The step.</param>
    /// <param name="before">The file before it.</param>
    /// <param name="request">And after.</param>
    /// <param name="words">What was written with it: a question and an announcement are for the person.</param>
    public async Task FollowAsync(RequestAct act, RequestReading before, RightsRequest request, string? words)
    {
        var awaitsProof = request.Status == RequestStatus.IdentityPending;
        if (awaitsProof && act.Needs is RequestNeeds.Doubt or RequestNeeds.Reminder) await mails.DepositAsync(request, await dialogue.IssueAsync(request.Id, LinkPurpose.Deposit));
        else if (act.Needs is RequestNeeds.Precision or RequestNeeds.Extension or RequestNeeds.Refusal or RequestNeeds.Controller or RequestNeeds.Papers) await mails.NewsAsync(request);
        if (act.Needs is RequestNeeds.Precision or RequestNeeds.Extension && words is not null) await dialogue.AddAsync(Guid.CreateVersion7(), request.Id, words, fromPerson: false);
        // Decided one way or the other, a proof has served (R-PU-3).
        if (!awaitsProof) await EraseAsync(request, [.. before.Files.Where(file => file.Kind == RequestFileKind.Identity)]);
        if (act.Needs != RequestNeeds.Answer) return;
        await files.ExpireAnswersAsync(request.Id, Purge.AnswerAttachments(request.EndedOn!.Value).On);
        if (request.Course.AnswerChannel == "PORTAL") await mails.NewsAsync(request);
    }

    private async Task EraseAsync(RightsRequest request, IReadOnlyList<RequestFile> proofs)
    {
        foreach (var proof in proofs) await files.EraseAsync(proof.Id);
        if (proofs.Count > 0) desk.Tell(Actions.RequestFileErased, request, Languages.InFrench(() => $"justificatifs ({proofs.Count})"));
    }
}
