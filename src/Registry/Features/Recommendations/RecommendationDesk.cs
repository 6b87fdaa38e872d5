using Registry.Access;
using Registry.History;

namespace Registry.Features.Recommendations;

/// <summary>What the visitor may do with a recommendation, and the rows and lines that each step leaves.</summary>
public sealed class RecommendationDesk(RecommendationStore store, Visitor visitor, Journal journal, TimeProvider clock)
{
    public DateOnly Today => visitor.Organisation.Today(clock);
    public bool MayPropose => visitor.Can(Function.Recommendations, Right.Write);

    /// <summary>Who has a small letter in the matrix reads what is assigned to her; recommendations name offices, so only the correspondent's are hers: all of them.</summary>
    public static bool AreReadBy(Visitor visitor) => visitor.Can(Function.Recommendations, Right.Read) || visitor.Grants.Any(grant => grant.Role == Role.Correspondent);

    public bool Reads => AreReadBy(visitor);

    public Grant? GrantFor(RecommendationMove move) => visitor.Grants.FirstOrDefault(grant => move.Who.Contains(grant.Role.Code()));

    public RecommendationMove? Find(Recommendation one, string? slug) => RecommendationStates.All.FirstOrDefault(move => move.Slug == slug && RecommendationStates.Allows(move, one.State, one.DecidedOn, Today));

    public IReadOnlyList<RecommendationMove> MovesFor(Recommendation one) =>
        [.. RecommendationStates.All.Where(move => RecommendationStates.Allows(move, one.State, one.DecidedOn, Today) && GrantFor(move) is not null)];

    /// <summary>The reference of what is now proposed; null when the form's id is another's.</summary>
    public async Task<string?> ProposeAsync(Guid id, RecommendationForm form, Guid? finding = null)
    {
        if (await store.AddAsync(id, form, finding) is not var (number, added)) return null;
        if (added) Tell(Actions.RecommendationAdded, id, $"{Recommendation.ReferenceOf(number)} · {form.Title}");
        return Recommendation.ReferenceOf(number);
    }

    /// <summary>False when it moved meanwhile.</summary>
    public async Task<bool> TakeAsync(RecommendationMove move, Recommendation before, DecisionForm form)
    {
        var after = before with { Status = RecommendationStates.Code(move.To) };
        after = (move.From, move.To) switch
        {
            (_, RecommendationStatus.Accepted) => after with { DecidedOn = Today, DecidedBy = visitor.Name, DeclineReason = null },
            (_, RecommendationStatus.Declined) => after with { DecidedOn = Today, DecidedBy = visitor.Name, DeclineReason = form.Reason },
            (_, RecommendationStatus.Proposed) => after with { ProposedOn = Today, ProposedBy = visitor.Name, DecidedOn = null, DecidedBy = null },
            (RecommendationStatus.InProgress, RecommendationStatus.InProgress) => after with { Progress = form.Progress!.Value },
            (_, RecommendationStatus.Done) => after with { Progress = 100, Evidence = form.Evidence, DoneOn = Today },
            (RecommendationStatus.Done, RecommendationStatus.InProgress) => after with { DoneOn = null },
            (_, RecommendationStatus.Verified) => after with { VerifiedOn = Today, VerifiedBy = visitor.Name },
            _ => after,
        };
        if (!await store.MoveAsync(after)) return false;
        journal.Role = GrantFor(move)!.Role.Code();
        Tell(Actions.RecommendationStepped, before.Id, $"{before.Reference} · {move.LabelKey}", move.Needs is RecommendationNeeds.Reason or RecommendationNeeds.LongReason ? form.Reason : null);
        return true;
    }

    public void Tell(Happening happening, Guid id, string subject, string? reason = null, IReadOnlyList<Change>? changes = null) =>
        journal.Record(new Event(visitor.Organisation.Id, happening.Code, Recommendation.ObjectType, id, new EventDetails { Subject = subject, Reason = reason, Changes = changes is { Count: > 0 } ? changes : null }));
}
