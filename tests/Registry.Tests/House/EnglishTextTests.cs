using System.Text.Json;
using System.Text.RegularExpressions;
using Registry.Features.Shared;

namespace Registry.Tests.House;

/// <summary>French is the text in the source; whoever writes a sentence adds its English (design D-8).</summary>
public sealed partial class EnglishTextTests
{
    private static readonly string Source = Path.Combine(RepositoryRoot(), "src", "Registry");

    [Fact]
    public void Every_French_text_of_the_pages_has_its_English()
    {
        var english = ReadEnglish();
        var missing = Texts()
            .Where(found => !english.ContainsKey(found.Key))
            .Select(found => $"  {JsonSerializer.Serialize(found.Key, Readable)}: \"\",   // {found.Place}")
            .ToList();

        Assert.True(missing.Count == 0, $"Add the English of these {missing.Count} texts to Languages/en.json:\n{string.Join('\n', missing)}");
    }

    [Fact]
    public void Every_English_text_has_its_French_in_the_program()
    {
        var french = Texts().Select(text => text.Key).ToHashSet();

        var unused = ReadEnglish().Keys.Except(french).ToList();

        Assert.True(unused.Count == 0, $"No page and no list says these {unused.Count} texts:\n{string.Join('\n', unused)}");
    }

    [Fact]
    public void The_English_keeps_the_placeholders_of_the_French()
    {
        var english = ReadEnglish();

        Assert.All(english, pair => Assert.Equal(Holes(pair.Key), Holes(pair.Value)));

        static string Holes(string text) => string.Join(' ', Hole().Matches(text).Select(match => match.Value[..2]).Distinct().Order());
    }

    [Fact]
    public void No_message_of_a_form_is_put_together_before_its_English_is_looked_up()
    {
        var wrong = SourceFiles().Where(file => PutTogether().IsMatch(File.ReadAllText(file))).Select(file => Path.GetRelativePath(Source, file));

        Assert.True(!wrong.Any(), $"AddModelError with $\"…\" finds no English: {string.Join(", ", wrong)}");
    }

    [Fact]
    public void The_collector_finds_texts_in_pages_and_code()
    {
        const string page = """
            <h1>@T["Titre"]</h1> @T.Get("Page {0}", 3) <text-field for="Form.Name" label="Nom" hint="Le nom d’usage" />
            <radios for="Form.Kind" legend="Nature" options="@Model.Kinds.Where(kind => kind.Open)" hint="Une seule" />
            <a title="not a key" class="x">@T["dit « \"oui\" »"]</a> <text-field label="@Model.Label" /> <empty-state title="Rien">
            """;
        const string code = """
            [Required(ErrorMessage = "Indiquez le nom")] ModelState.AddModelError("Form.Name", "Ce nom est pris");
            ModelState.AddModelError(nameof(Form), "Trop tard"); errors.TryAddModelError("Form.Name", "Trop tôt"); Languages.Key(
                "Oui"); [Display(Name = "Durée (mois)", Prompt = "Ajouter")] var other = new Thing(Name = "not a key");
            """;

        Assert.Equal(["Titre", "Page {0}", "dit « \"oui\" »", "Nom", "Le nom d’usage", "Nature", "Une seule", "Rien"], Keys(page, isPage: true));
        Assert.Equal(["Indiquez le nom", "Ce nom est pris", "Trop tard", "Trop tôt", "Oui", "Durée (mois)", "Ajouter"], Keys(code, isPage: false));
    }

    /// <summary>What stands in pages and code, and the lists by which tables of rules, states and fields tell their words.</summary>
    private static IEnumerable<(string Key, string Place)> Texts()
    {
        var written = SourceFiles()
            .SelectMany(file => Keys(File.ReadAllText(file), file.EndsWith(".cshtml", StringComparison.Ordinal))
                .Select(key => (Key: key, Place: Path.GetRelativePath(Source, file))));
        var listed = typeof(Languages).Assembly.GetTypes()
            .Select(type => (Type: type, List: type.GetProperty("AllMessageKeys")?.GetValue(null) as IEnumerable<string>))
            .SelectMany(found => (found.List ?? []).Select(key => (Key: key, Place: found.Type.Name)));
        return written.Concat(listed).DistinctBy(text => text.Key);
    }

    private static IEnumerable<string> SourceFiles()
    {
        var slash = Path.DirectorySeparatorChar;
        return Directory.EnumerateFiles(Source, "*.cs*", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{slash}obj{slash}", StringComparison.Ordinal) && !file.Contains($"{slash}bin{slash}", StringComparison.Ordinal));
    }

    private static Dictionary<string, string> ReadEnglish() =>
        Directory.EnumerateFiles(Path.Combine(Source, "Languages"), "en*.json")
            .SelectMany(file => JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(file))!)
            .DistinctBy(pair => pair.Key)
            .ToDictionary();

    private static IEnumerable<string> Keys(string text, bool isPage)
    {
        var patterns = isPage ? [InLocalizer(), Marked()] : new[] { InLocalizer(), InAnnotation(), InModelError(), Marked() };
        foreach (Match match in patterns.SelectMany(pattern => pattern.Matches(text)))
            yield return Unescape(match.Groups[1].Value);
        foreach (Match word in Display().Matches(text).SelectMany(display => DisplayWord().Matches(display.Value)))
            yield return Unescape(word.Groups[1].Value);
        if (!isPage)
            yield break;
        foreach (Match tag in OwnTag().Matches(text))
            foreach (Match attribute in TextAttribute().Matches(tag.Value))
                yield return System.Net.WebUtility.HtmlDecode(attribute.Groups[1].Value);
    }

    private static string Unescape(string literal) => literal.Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\n", "\n", StringComparison.Ordinal);

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Registry.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("Registry.sln not found above the tests");
    }

    private static readonly JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // One pattern with one group: T["…"], T.Get("…"), language["…"], language.Get("…").
    [GeneratedRegex("""\b(?:(?:[Tt]|_?language)(?:\.Get\(|\[))\s*"((?:[^"\\]|\\.)+)["]""")]
    private static partial Regex InLocalizer();

    [GeneratedRegex("""\bErrorMessage\s*=\s*"((?:[^"\\]|\\.)+)["]""")]
    private static partial Regex InAnnotation();

    [GeneratedRegex("""\b(?:Try)?AddModelError\((?:[^";]|"[^"]*")*?,\s*"((?:[^"\\]|\\.)+)["]""")]
    private static partial Regex InModelError();

    [GeneratedRegex("""AddModelError\([^;\n]*, \$["]""")]
    private static partial Regex PutTogether();

    [GeneratedRegex("""\bLanguages\.Key\(\s*"((?:[^"\\]|\\.)+)["]""")]
    private static partial Regex Marked();

    [GeneratedRegex("""\[Display\((?:[^")]|"[^"]*")*\)""")]
    private static partial Regex Display();

    [GeneratedRegex("""\b(?:Name|ShortName|Description|Prompt)\s*=\s*"((?:[^"\\]|\\.)+)["]""")]
    private static partial Regex DisplayWord();

    // To the first > that does not belong to a lambda.
    [GeneratedRegex(@"<(?:text-field|text-area|choice|radios|checks|tick|yes-no|date-field|file-field|empty-state)\b(?:[^>]|(?<==)>)*(?<!=)>")]
    private static partial Regex OwnTag();

    [GeneratedRegex("""\s(?:label|hint|legend|title|empty)="([^"@]+)["]""")]
    private static partial Regex TextAttribute();

    [GeneratedRegex(@"\{\d+[^}]*\}")]
    private static partial Regex Hole();
}
