using System.Security.Cryptography;
using System.Text;
using Registry.Access;

namespace Registry.Documents;

/// <summary>A fault of a template, with the place where its author finds it.</summary>
public sealed class TemplateException(string message, int line, string? placeholder = null)
    : Exception(placeholder is null ? $"Ligne {line} : {message}" : $"Ligne {line}, « {placeholder} » : {message}")
{
    public int Line { get; } = line;
    public string? Placeholder { get; } = placeholder;
}

/// <summary>
/// The text of a document, templates/&lt;document&gt;/&lt;language&gt;.md: what it is stands above (title, legal basis, who may read and issue it, what it is
/// filled with), its Markdown below. Read and checked whole before it is used: a placeholder that nothing fills is a fault, not a blank (S-13).
/// </summary>
public sealed record DocumentTemplate
{
    public const int MostBytes = 200 * 1024;
    private const string Fence = "---";

    public required string Code { get; init; }
    public required string Title { get; init; }
    public required string Legal { get; init; }

    /// <summary>What it is about: the kind of object whose reference makes it, or ORGANISATION.</summary>
    public required string About { get; init; }
    public required string Prefix { get; init; }
    public required (Function Function, Right Right) Reader { get; init; }

    /// <summary>Who may issue it; of several, one is enough.</summary>
    public required IReadOnlyList<(Function Function, Right Right)> Issuers { get; init; }
    public bool Letterhead { get; private init; }

    /// <summary>A table of contents before the text.</summary>
    public bool Contents { get; private init; }

    /// <summary>It holds data of citizens: the issued text is sealed, and goes when its file goes.</summary>
    public bool Sealed { get; private init; }

    /// <summary>It stands for data that go on living, a notice or a register: an issued one says when they have moved.</summary>
    public bool Follows { get; private init; }

    /// <summary>A word at its head on who may have it.</summary>
    public string? Confidentiality { get; private init; }

    /// <summary>Names the exact text that was used.</summary>
    public required string Version { get; init; }

    /// <summary>Every placeholder by its full name, and what it stands for.</summary>
    public required IReadOnlyDictionary<string, string> Inputs { get; init; }
    internal IReadOnlyList<TemplateNode> Nodes { get; private init; } = [];

    /// <summary>What stands below the head, as its author wrote it.</summary>
    public required string Body { get; init; }
    private Func<string, string> Dress { get; init; } = words => words;

    /// <param name="text">The file.</param>
    /// <param name="dress">The typography of its language, put on the words of the template and never on a value.</param>
    public static DocumentTemplate Read(string text, Func<string, string>? dress = null)
    {
        if (Encoding.UTF8.GetByteCount(text) > MostBytes) throw new TemplateException($"le modèle dépasse {MostBytes / 1024} Ko.", 1);
        text = text.ReplaceLineEndings("\n");
        var lines = text.Split('\n');
        var end = lines[0] == Fence ? Array.IndexOf(lines, Fence, 1) : -1;
        if (end < 0) throw new TemplateException("le modèle doit commencer par son en-tête, entre deux lignes « --- ».", 1);
        var (head, inputs) = Head(lines, end);
        string Need(string key) => head.TryGetValue(key, out var value) && value.Value.Length > 0 ? value.Value : throw new TemplateException($"l’en-tête ne dit pas « {key} ».", 1);
        (Function, Right)[] Grants(string key) => [.. Need(key).Split(',', StringSplitOptions.TrimEntries).Select(one =>
            one.Split('.') is [var function, var right] && Enum.TryParse<Function>(function, out var f) && Enum.TryParse<Right>(right, out var r)
                ? (f, r) : throw new TemplateException($"« {key} » s’écrit fonction.droit.", head[key].Line))];
        bool Says(string key) => head.TryGetValue(key, out var value) && value.Value == "yes";
        return new DocumentTemplate
        {
            Code = Need("code"), Title = Need("title"), Legal = Need("legal"), About = Need("about"), Prefix = Need("prefix"), Reader = Grants("reader")[0], Issuers = Grants("issuer"),
            Letterhead = Says("letterhead"), Contents = Says("contents"), Sealed = Says("sealed"), Follows = Says("follows"), Confidentiality = head.TryGetValue("confidentiality", out var word) ? word.Value : null,
            Version = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..12], Inputs = inputs,
            Nodes = TemplateParser.Parse(string.Join('\n', lines[(end + 1)..]), end + 2, inputs.Keys, dress ?? (words => words)),
            Body = string.Join('\n', lines[(end + 1)..]).Trim('\n'), Dress = dress ?? (words => words),
        };
    }

    /// <summary>The same document in other words: its head stays, lines are counted from the first of the new text.</summary>
    public DocumentTemplate With(string body)
    {
        if (Encoding.UTF8.GetByteCount(body) > MostBytes) throw new TemplateException($"le modèle dépasse {MostBytes / 1024} Ko.", 1);
        body = body.ReplaceLineEndings("\n").Trim('\n');
        return this with
        {
            Body = body,
            Nodes = TemplateParser.Parse(body, 1, Inputs.Keys, Dress),
            Version = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Code + "\n" + body)))[..12],
        };
    }

    /// <summary>The same document in another language: its file says the title, the legal basis and the words; who may have it and what fills it are those of the French one.</summary>
    public DocumentTemplate Translated(string text)
    {
        if (Encoding.UTF8.GetByteCount(text) > MostBytes) throw new TemplateException($"le modèle dépasse {MostBytes / 1024} Ko.", 1);
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var end = lines[0] == Fence ? Array.IndexOf(lines, Fence, 1) : -1;
        if (end < 0) throw new TemplateException("le modèle doit commencer par son en-tête, entre deux lignes « --- ».", 1);
        var (head, _) = Head(lines, end);
        if (!head.TryGetValue("title", out var title) || !head.TryGetValue("legal", out var legal) || head.Count != 2) throw new TemplateException("l’en-tête d’une traduction dit « title » et « legal », rien d’autre.", 1);
        var body = string.Join('\n', lines[(end + 1)..]);
        return this with
        {
            Title = title.Value, Legal = legal.Value, Body = body.Trim('\n'), Dress = words => words, Nodes = TemplateParser.Parse(body, end + 2, Inputs.Keys, words => words),
            Version = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines))))[..12],
        };
    }

    public FilledText Fill(IReadOnlyDictionary<string, object?> values) => TemplateFiller.Fill(Nodes, values);

    private static (Dictionary<string, (string Value, int Line)> Head, Dictionary<string, string> Inputs) Head(string[] lines, int end)
    {
        var (head, inputs, within) = (new Dictionary<string, (string, int)>(), new Dictionary<string, string>(CommonInputs), false);
        for (var i = 1; i < end; i++)
        {
            if (string.IsNullOrWhiteSpace(lines[i])) continue;
            var at = lines[i].IndexOf(':', StringComparison.Ordinal);
            if (at < 0) throw new TemplateException("une ligne de l’en-tête s’écrit « nom: valeur ».", i + 1);
            var (key, value) = (lines[i][..at].Trim(), lines[i][(at + 1)..].Trim());
            if (lines[i].StartsWith("  ", StringComparison.Ordinal) && within)
            {
                if (!inputs.TryAdd(key, value)) throw new TemplateException("ce nom est déclaré deux fois.", i + 1, key);
                continue;
            }
            within = key == "inputs";
            head[key] = (value, i + 1);
        }
        return (head, inputs);
    }

    /// <summary>What every document may name, whatever it is about.</summary>
    public static IReadOnlyDictionary<string, string> CommonInputs { get; } = new Dictionary<string, string>
    {
        ["today"] = "le jour où le document est fait",
        ["reference"] = "le numéro du document, donné à son émission",
        ["body.name"] = "le nom de l’organisme",
        ["body.siren"] = "son numéro SIREN",
        ["body.address"] = "son adresse postale",
        ["body.city"] = "la ville d’où l’on écrit",
        ["body.contact"] = "l’adresse où exercer ses droits",
        ["body.head"] = "qui le représente : Le maire, Le président…",
        ["officer.name"] = "le délégué à la protection des données",
        ["officer.contact"] = "comment le joindre",
    };
}
