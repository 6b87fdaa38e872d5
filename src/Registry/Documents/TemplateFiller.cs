using System.Collections;
using System.Globalization;
using System.Text;

namespace Registry.Documents;

/// <summary>Markdown in which every value is inert, and the names of what was not known.</summary>
public sealed record FilledText(string Markdown, IReadOnlyList<string> Missing);

/// <summary>Fills a template from plain dictionaries, lists, texts and yes or no; anything else is a fault of the builder.</summary>
internal sealed class TemplateFiller
{
    /// <summary>Far more than the largest register takes, and done within the 100 ms of S-13: a count, so that a slow machine prints what a quick one does.</summary>
    private const int MostSteps = 400_000;
    private const int MostLetters = 8 * 1024 * 1024;

    private readonly StringBuilder _text = new();
    private readonly List<string> _missing = [];
    private readonly List<object?> _scopes = [];
    private int _steps;

    public static FilledText Fill(IReadOnlyList<TemplateNode> nodes, IReadOnlyDictionary<string, object?> values)
    {
        var filler = new TemplateFiller();
        filler._scopes.Add(values);
        filler.Write(nodes);
        return new(filler._text.ToString(), [.. filler._missing.Distinct()]);
    }

    private void Write(IReadOnlyList<TemplateNode> nodes)
    {
        foreach (var node in nodes)
        {
            if (++_steps > MostSteps || _text.Length > MostLetters) throw new InvalidOperationException("Le document est trop long : réduisez ce qu’il doit contenir.");
            switch (node)
            {
                case Words words: _text.Append(words.Text); break;
                case Blank blank: Write(blank); break;
                case Choice choice: Write(IsThere(Find(choice.Test)) == choice.Expected ? choice.Then : choice.Else); break;
                case Loop loop:
                    foreach (var item in Find(loop.List) as IEnumerable ?? Array.Empty<object>())
                    {
                        _scopes.Add(item);
                        Write(loop.Body);
                        _scopes.RemoveAt(_scopes.Count - 1);
                    }
                    break;
                default: throw new InvalidOperationException(node.GetType().Name);
            }
        }
    }

    private void Write(Blank blank)
    {
        var text = Find(blank) switch
        {
            null => "",
            string word => MarkdownText.Of(word),
            int number => MarkdownText.Of(number.ToString(CultureInfo.InvariantCulture)),
            var other => throw new InvalidOperationException($"{blank.Name} is a {other.GetType().Name}: a document is filled with texts."),
        };
        if (text.Length == 0) _missing.Add(blank.Name);
        _text.Append(text.Length == 0 ? MarkdownText.MissingMark : text);
    }

    private object? Find(Blank blank)
    {
        var value = _scopes[^(blank.Up + 1)];
        foreach (var key in blank.Path) value = value is IReadOnlyDictionary<string, object?> holder && holder.TryGetValue(key, out var found) ? found : null;
        return value;
    }

    private static bool IsThere(object? value) => value switch
    {
        null or false => false,
        string text => !string.IsNullOrWhiteSpace(text),
        ICollection list => list.Count > 0,
        IReadOnlyDictionary<string, object?> holder => holder.Count > 0,
        _ => true,
    };
}
