namespace Registry.Documents;

/// <summary>
/// Values for a template that nobody's data fill: each blank says what will stand there, each question is answered yes, each loop turns twice.
/// </summary>
public static class TemplateSample
{
    public static Dictionary<string, object?> Of(DocumentTemplate template)
    {
        var root = new Dictionary<string, object?>();
        Fill(template.Nodes, [root], template.Inputs);
        return root;
    }

    private static void Fill(IReadOnlyList<TemplateNode> nodes, List<Dictionary<string, object?>> scopes, IReadOnlyDictionary<string, string> inputs)
    {
        foreach (var node in nodes)
        {
            switch (node)
            {
                case Blank blank: Say(blank, scopes, inputs); break;
                case Choice choice:
                    Fill(choice.Then, scopes, inputs);
                    Fill(choice.Else, scopes, inputs);
                    Say(choice.Test, scopes, inputs);
                    break;
                case Loop loop:
                    var words = loop.Body.Any(one => one is Blank { Path.Length: 0 });
                    var item = new Dictionary<string, object?>();
                    Fill(loop.Body, [.. scopes, item], inputs);
                    object? one = words ? $"[{inputs.GetValueOrDefault(loop.List.Name, loop.List.Name)}]" : item;
                    Place(loop.List, scopes, new List<object?> { one, one });
                    break;
            }
        }
    }

    private static void Say(Blank blank, List<Dictionary<string, object?>> scopes, IReadOnlyDictionary<string, string> inputs)
    {
        // The body's own names and the day are known without an object.
        if (blank.Path.Length == 0 || DocumentTemplate.CommonInputs.ContainsKey(blank.Name)) return;
        Place(blank, scopes, $"[{inputs.GetValueOrDefault(blank.Name, blank.Name)}]");
    }

    private static void Place(Blank blank, List<Dictionary<string, object?>> scopes, object value)
    {
        var holder = scopes[^(blank.Up + 1)];
        foreach (var key in blank.Path[..^1])
        {
            if (holder.GetValueOrDefault(key) is not Dictionary<string, object?> inner) holder[key] = inner = [];
            holder = inner;
        }
        // A list or a holder that is also asked about keeps what it has; of two loops over one list, the one that writes its words says what it holds.
        if (holder.GetValueOrDefault(blank.Path[^1]) is not { } there || there is string || (there is List<object?> && value is List<object?> and [string, ..])) holder[blank.Path[^1]] = value;
    }
}
