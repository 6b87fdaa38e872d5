using Registry.Access;

namespace Registry.Features.Records;

/// <summary>A list of records as its page shows it.</summary>
/// <param name="Slug">Null for the list over all organisations.</param>
/// <param name="Kept">The view in force, when it is one that the person keeps.</param>
public sealed record RegisterView(Register Register, RecordFilter Filter, string Path, string? Slug, DateOnly Today, bool MayAdd, SavedView? Kept)
{
    public bool Area => Slug is null;
    public int Total => Register.CountOf(Filter.Statuses);
    public int Pages => Math.Max(1, (Total + Filter.Size - 1) / Filter.Size);

    /// <summary>A page beyond the last is the last.</summary>
    public int Page => Math.Min(Filter.Page, Pages);
    public int First => (Page - 1) * Filter.Size + 1;
    public string ViewsHref => "/registre/vues" + Filter.ToQuery() + (Slug is null ? "" : "&pour=" + Slug);

    public static RegisterView Of(Register register, RecordFilter filter, string path, Visitor visitor, DateOnly today)
    {
        var query = filter.ToQuery();
        return new(register, filter, path, visitor.OrganisationOrNull?.Slug, today,
            visitor.OrganisationOrNull is not null && visitor.Can(Function.DraftRecord, Right.WriteOwn), register.Views.FirstOrDefault(view => view.Query == query));
    }

    /// <summary>The first and last pages and those around this one; 0 for the gap.</summary>
    public IEnumerable<int> PageNumbers()
    {
        for (var number = 1; number <= Pages; number++)
        {
            if (number == 1 || number == Pages || Math.Abs(number - Page) <= 2) yield return number;
            else if (Math.Abs(number - Page) == 3) yield return 0;
        }
    }
}
