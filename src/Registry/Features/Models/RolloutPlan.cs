using Registry.Features.Records;

namespace Registry.Features.Models;

/// <summary>Why a model stays out of a register.</summary>
public enum LeftOut { AlreadyThere, TitleTaken, NotForThisType }

/// <summary>What an adoption does in one body: decided in the same way for the preview and for the act.</summary>
public sealed record RolloutPlan(IReadOnlyList<ShelfModel> Added, IReadOnlyList<(ShelfModel Model, LeftOut Why)> Skipped)
{
    /// <param name="held">Models and names of the sheets in use there.</param>
    public static RolloutPlan For(IEnumerable<ShelfModel> models, string organisationType, IEnumerable<(string? Model, string Title)> held)
    {
        var there = held.ToList();
        var codes = there.Select(sheet => sheet.Model).OfType<string>().ToHashSet();
        var titles = there.Select(sheet => sheet.Title).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var (added, skipped) = (new List<ShelfModel>(), new List<(ShelfModel, LeftOut)>());
        foreach (var model in models)
        {
            if (!model.Suits(organisationType)) skipped.Add((model, LeftOut.NotForThisType));
            else if (codes.Contains(model.Code)) skipped.Add((model, LeftOut.AlreadyThere));
            else if (!titles.Add(model.Title)) skipped.Add((model, LeftOut.TitleTaken));
            else added.Add(model);
        }
        return new RolloutPlan(added, skipped);
    }
}
