using System.Text.RegularExpressions;

namespace Registry.Documents;

internal abstract record TemplateNode;

internal sealed record Words(string Text) : TemplateNode;

/// <param name="Path">Where the value is found from the dictionary it was bound to.</param>
/// <param name="Up">How many loops outwards that dictionary stands.</param>
internal sealed record Blank(string Name, string[] Path, int Up) : TemplateNode;

internal sealed record Loop(Blank List, IReadOnlyList<TemplateNode> Body) : TemplateNode;

internal sealed record Choice(Blank Test, bool Expected, IReadOnlyList<TemplateNode> Then, IReadOnlyList<TemplateNode> Else) : TemplateNode;

/// <summary>
/// The part of the Handlebars language that a letter needs: {{name}}, {{#each}}, {{#if}}, {{#unless}}, {{else}}, {{this}}. Names are bound while the text is
/// read, to what its head declares, so that nothing else can ever be reached; a library for the whole language would have to be talked out of members, helpers and
/// partials, tells neither line nor blank, and cannot be stopped.
/// </summary>
internal sealed partial class TemplateParser
{
    private const int Deepest = 10;

    private readonly string _text;
    private readonly int _firstLine;
    private readonly HashSet<string> _names;
    private readonly Func<string, string> _dress;
    private readonly List<string> _loops = [];
    private int _at, _depth;

    private TemplateParser(string text, int firstLine, IEnumerable<string> names, Func<string, string> dress) => (_text, _firstLine, _names, _dress) = (text, firstLine, [.. names], dress);

    public static IReadOnlyList<TemplateNode> Parse(string text, int firstLine, IEnumerable<string> names, Func<string, string> dress)
    {
        var parser = new TemplateParser(text, firstLine, names, dress);
        var nodes = parser.Read(out var end);
        return end is null ? nodes : throw parser.Fault("cette balise ne ferme rien.", end.Index, end.Value);
    }

    /// <summary>Until the tag that closes or parts the block, which is given back.</summary>
    private List<TemplateNode> Read(out Match? end)
    {
        var nodes = new List<TemplateNode>();
        while (true)
        {
            var tag = Tag().Match(_text, _at);
            if (!tag.Success)
            {
                if (_text.IndexOf("{{", _at, StringComparison.Ordinal) is >= 0 and var open) throw Fault("une balise ouverte par {{ n’est pas fermée.", open);
                Add(nodes, _text[_at..]);
                _at = _text.Length;
                end = null;
                return nodes;
            }
            if (_text.IndexOf("{{", _at, StringComparison.Ordinal) is var first && first < tag.Index) throw Fault("une balise ouverte par {{ n’est pas fermée.", first);
            var inside = tag.Groups[1].Value.Trim();
            var (from, to) = inside.StartsWith('#') || inside.StartsWith('/') || inside == "else" ? Alone(tag) : (tag.Index, tag.Index + tag.Length);
            Add(nodes, _text[_at..from]);
            _at = to;
            if (inside == "else" || inside.StartsWith('/'))
            {
                end = tag;
                return nodes;
            }
            nodes.Add(inside.StartsWith('#') ? Block(tag, inside) : Name(inside, tag));
        }
    }

    private TemplateNode Block(Match tag, string inside)
    {
        if (Opening().Match(inside) is not { Success: true } opening) throw Fault("seuls #each, #if et #unless ouvrent un bloc.", tag.Index, tag.Value);
        if (++_depth > Deepest) throw Fault($"plus de {Deepest} blocs emboîtés.", tag.Index, tag.Value);
        var (word, subject) = (opening.Groups[1].Value, Name(opening.Groups[2].Value, tag, loop: opening.Groups[1].Value == "each"));
        if (word == "each") _loops.Add(subject.Name);
        var body = Read(out var end);
        IReadOnlyList<TemplateNode> other = [];
        if (end?.Groups[1].Value.Trim() == "else" && word != "each") other = Read(out end);
        if (end?.Groups[1].Value.Trim() != "/" + word) throw Fault($"ce bloc n’est pas fermé par {{{{/{word}}}}}.", tag.Index, tag.Value);
        if (word == "each") _loops.RemoveAt(_loops.Count - 1);
        _depth--;
        return word == "each" ? new Loop(subject, body) : new Choice(subject, word == "if", body, other);
    }

    /// <summary>The innermost loop whose items have that name; then the document itself.</summary>
    private Blank Name(string name, Match tag, bool loop = false)
    {
        if (!NameForm().IsMatch(name)) throw Fault("ce n’est pas le nom d’une donnée.", tag.Index, tag.Value);
        if (name == "this") return _loops.Count > 0 && !loop ? new(_loops[^1], [], 0) : throw Fault("« this » ne vaut que dans #each.", tag.Index, tag.Value);
        for (var up = 0; up <= _loops.Count; up++)
        {
            var full = up == _loops.Count ? name : $"{_loops[^(up + 1)]}.{name}";
            // A name that only holds others can be looped over or asked whether it is there, not written.
            if (_names.Contains(full)) return new(full, name.Split('.'), up);
        }
        throw Fault("aucune donnée de ce document ne porte ce nom.", tag.Index, name);
    }

    /// <summary>A tag of a block that stands alone takes its whole line with it.</summary>
    private (int From, int To) Alone(Match tag)
    {
        var (from, to) = (tag.Index, tag.Index + tag.Length);
        var start = from == 0 ? 0 : _text.LastIndexOf('\n', from - 1) + 1;
        var end = _text.IndexOf('\n', to) is >= 0 and var newline ? newline + 1 : _text.Length;
        return start >= _at && string.IsNullOrWhiteSpace(_text[start..from]) && string.IsNullOrWhiteSpace(_text[to..end]) ? (start, end) : (from, to);
    }

    private void Add(List<TemplateNode> nodes, string words)
    {
        if (words.Length > 0) nodes.Add(new Words(_dress(words)));
    }

    private TemplateException Fault(string message, int index, string? placeholder = null) =>
        new(message, _firstLine + _text.AsSpan(0, index).Count('\n'), placeholder);

    [GeneratedRegex(@"\{\{(?!\{)([^{}]*)\}\}(?!\})")]
    private static partial Regex Tag();

    [GeneratedRegex(@"^#(each|if|unless) +([A-Za-z][A-Za-z0-9.]*)$")]
    private static partial Regex Opening();

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9]*(\.[A-Za-z][A-Za-z0-9]*)*$")]
    private static partial Regex NameForm();
}
