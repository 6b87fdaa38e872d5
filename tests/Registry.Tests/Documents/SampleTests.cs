using Registry.Documents;
using Registry.Tests.Support;

namespace Registry.Tests.Documents;

/// <summary>docs/samples shows each document as Markdown and as a page, each blank saying what stands there. Written by the explicit test; the other one keeps them true.</summary>
public sealed class SampleTests
{
    private static readonly string Folder = Path.Combine(Root(), "docs", "samples");

    [Fact]
    public void Each_document_has_its_sample_as_it_is_written_today()
    {
        var expected = Samples().ToDictionary(one => one.Name, one => one.Text);
        var kept = Directory.GetFiles(Folder).Where(file => !file.EndsWith("README.md", StringComparison.Ordinal)).Select(file => Path.GetFileName(file)).ToList();
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), kept.Order(StringComparer.Ordinal));
        Assert.All(expected, one => Assert.True(File.ReadAllText(Path.Combine(Folder, one.Key)) == one.Value, $"{one.Key} is not what the template gives: run the explicit test Write_the_samples."));
    }

    [Fact(Explicit = true)]
    public void Write_the_samples()
    {
        Directory.CreateDirectory(Folder);
        foreach (var file in Directory.GetFiles(Folder).Where(file => !file.EndsWith("README.md", StringComparison.Ordinal))) File.Delete(file);
        foreach (var (name, text) in Samples()) File.WriteAllText(Path.Combine(Folder, name), text);
    }

    private static IEnumerable<(string Name, string Text)> Samples()
    {
        foreach (var (template, language) in TownDocument.Templates.All.Select(one => (one, "fr")).Concat(TownDocument.Templates.In("en").Select(one => (one, "en"))))
        {
            var values = new Dictionary<string, object?>(TemplateSample.Of(template))
            {
                ["today"] = "1er janvier 2026", ["reference"] = $"{template.Prefix}-2026-0001",
                ["body"] = Filling.Of(("name", "Commune d’Exemple"), ("siren", "210 000 012"), ("address", "1, place de la Mairie, 00000 Exemple"), ("city", "Exemple"), ("contact", "donnees@exemple.fr"), ("head", "Le maire")),
                ["officer"] = Filling.Of(("name", "La déléguée à la protection des données"), ("contact", "dpd@exemple.fr")),
            };
            var text = new DocumentText
            {
                Code = template.Code, Title = template.Title, Language = language, Markdown = template.Fill(values).Markdown.Trim() + "\n", TemplateVersion = template.Version, Reference = $"{template.Prefix}-2026-0001", Legal = template.Legal,
                Contents = template.Contents, Confidentiality = template.Confidentiality, Stamp = "Exemple",
                Letterhead = template.Letterhead ? new("Commune d’Exemple", "210 000 012", "1, place de la Mairie, 00000 Exemple", "donnees@exemple.fr", "Exemple", "1er janvier 2026") : null,
            };
            var name = template.Code["DOC_".Length..].ToLowerInvariant().Replace('_', '-') + (language == "fr" ? "" : "." + language);
            yield return ($"{name}.md", $"# {text.Title}\n\n{text.Markdown.Replace(MarkdownText.LineMark.ToString(), "  \n", StringComparison.Ordinal).Replace(MarkdownText.MissingMark.ToString(), MarkdownText.Missing, StringComparison.Ordinal)}");
            yield return ($"{name}.html", HtmlDocument.Page(text));
        }
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Registry.sln"))) folder = folder.Parent;
        return folder!.FullName;
    }
}
