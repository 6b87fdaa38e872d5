using Microsoft.Extensions.Localization;
using Registry.Features.Records;
using Registry.Features.Shared;

namespace Registry.Features.Models;

public enum RolloutKind { Adopt, Revise }

public enum RolloutStatus { Prepared, Running, Done, Undoing, Undone, Dropped }

public enum TargetStatus { Waiting, Done, Refused, Undone }

/// <summary>Models going into many registers in one act, or a newer revision into their copies.</summary>
public sealed record Rollout
{
    public required Guid OrganisationId { get; init; }
    public required Guid Id { get; init; }
    public required string Kind { get; init; }
    public required string[] Models { get; init; }
    public required string Status { get; init; }
    public required Guid PersonId { get; init; }
    public required string PersonName { get; init; }
    public required DateTimeOffset PreparedAt { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }

    public bool Adopts => Kind == "ADOPT";
    public bool IsMoving => Status is "RUNNING" or "UNDOING";

    /// <summary>What it gives, as the history names it.</summary>
    public string Named(IStringLocalizer t) => Models.Length == 1 ? RecordModels.Find(Chosen.First().Code)?.TitleFr ?? t.Get("1 modèle") : t.Get("{0} modèles", Models.Length);

    /// <summary>Each model with the revision that was looked at when the rollout was prepared.</summary>
    public IEnumerable<(string Code, int Revision)> Chosen =>
        Models.Select(model => model.Split('@')).Select(parts => (parts[0], int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture)));
}

/// <summary>A rollout in the list of those there were.</summary>
public sealed record RolloutLine
{
    public required Guid Id { get; init; }
    public required string Kind { get; init; }
    public required string[] Models { get; init; }
    public required string Status { get; init; }
    public required DateTimeOffset PreparedAt { get; init; }
    public required int Targets { get; init; }
    public required int Changed { get; init; }
    public required string PersonName { get; init; }
}

/// <summary>One body of a rollout and what became of it there.</summary>
public sealed record RolloutTarget
{
    public required Guid TargetId { get; init; }
    public required string Name { get; init; }
    public required string Slug { get; init; }
    public required string Type { get; init; }
    public required string Status { get; init; }
    public int Changed { get; init; }
    public int Skipped { get; init; }
    public int Kept { get; init; }
    public string? Reason { get; init; }
}

/// <summary>A body that can be chosen.</summary>
public sealed record RolloutChoice(Guid Id, string Name, string Type);

/// <summary>The models of a rollout, each as it stood in the revision that was looked at: the preview and the act speak of the same.</summary>
public static class ChosenModels
{
    public static async Task<IReadOnlyList<(ShelfModel Model, Sheet Sheet)>> OfAsync(Rollout rollout, ModelShelf shelf)
    {
        var all = (await shelf.ListAsync(null)).ToDictionary(model => model.Code);
        var texts = await shelf.ReadAsync([.. rollout.Chosen], rollout.OrganisationId);
        return [.. rollout.Chosen.Where(one => all.ContainsKey(one.Code) && texts.ContainsKey(one))
            .Select(one => (all[one.Code] with
            {
                Revision = one.Revision, Title = texts[one].Identification.Title ?? one.Code, Library = all[one.Code].Library is null ? null : rollout.OrganisationId,
            }, texts[one]))];
    }
}
