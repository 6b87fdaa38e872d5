using Microsoft.AspNetCore.Mvc.Rendering;

namespace Registry.Features.Models;

/// <summary>One point of a comparison as its form shows it, with what was answered so far.</summary>
public sealed record PointView(MergePoint Point, MergeAnswer? Answer, string? Written)
{
    /// <summary>Where the summary of errors leads: the id that a field of this name has.</summary>
    public string HtmlId { get; } = TagBuilder.CreateSanitizedId(Point.Id, "_");
}
