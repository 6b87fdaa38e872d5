namespace Registry.Features.Breaches;

/// <summary>A list of files for a page.</summary>
public sealed record BreachesView(BreachFilter Filter, IReadOnlyList<BreachLine> Lines, string Path, bool Area, DateTimeOffset Now)
{
    public int Total => Lines.Count > 0 ? Lines[0].Total : 0;
    public bool HasNext => Filter.Page * BreachFilter.PageSize < Total;
}
