using Registry.Documents;

namespace Registry.Tests.Documents;

/// <summary>Values for whatever a template asks: every loop turns twice, every question is answered yes, every blank takes the next text.</summary>
internal static class FilledSample
{
    public static Dictionary<string, object?> Of(DocumentTemplate template, Func<string> next)
    {
        var root = new Dictionary<string, object?>();
        Fill(template.Nodes, [root], next);
        return root;
    }

    private static void Fill(IReadOnlyList<TemplateNode> nodes, List<object> scopes, Func<string> next)
    {
        foreach (var node in nodes)
        {
            switch (node)
            {
                case Blank blank: Set(blank, scopes, next); break;
                case Choice choice:
                    Fill(choice.Then, scopes, next);
                    Fill(choice.Else, scopes, next);
                    Set(choice.Test, scopes, next);
                    break;
                case Loop loop:
                    var plain = loop.Body.Any(one => one is Blank { Path.Length: 0 });
                    List<object?> items = plain ? [next(), next()] : [new Dictionary<string, object?>(), new Dictionary<string, object?>()];
                    Place(loop.List, scopes, items);
                    if (!plain) foreach (var item in items) Fill(loop.Body, [.. scopes, item!], next);
                    else Fill([.. loop.Body.Where(one => one is not Blank { Path.Length: 0 })], [.. scopes, new Dictionary<string, object?>()], next);
                    break;
            }
        }
    }

    private static void Set(Blank blank, List<object> scopes, Func<string> next)
    {
        if (blank.Path.Length > 0) Place(blank, scopes, next());
    }

    private static void Place(Blank blank, List<object> scopes, object value)
    {
        var holder = (Dictionary<string, object?>)scopes[^(blank.Up + 1)];
        foreach (var key in blank.Path[..^1]) holder = holder.TryGetValue(key, out var inner) && inner is Dictionary<string, object?> found ? found : (Dictionary<string, object?>)(holder[key] = new Dictionary<string, object?>())!;
        // A list or a holder that is also asked about keeps what it has.
        if (!holder.TryGetValue(blank.Path[^1], out var there) || value is List<object?> && there is not List<object?>) holder[blank.Path[^1]] = value;
    }
}
