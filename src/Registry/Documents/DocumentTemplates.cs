using System.Reflection;

namespace Registry.Documents;

/// <summary>The templates of documents that the program ships, read and checked when it starts.</summary>
public sealed class DocumentTemplates
{
    private readonly Dictionary<(string Code, string Language), DocumentTemplate> _templates = [];

    /// <param name="dress">The typography of French.</param>
    public DocumentTemplates(Func<string, string> dress)
    {
        var byFolder = new Dictionary<string, DocumentTemplate>();
        var assembly = Assembly.GetExecutingAssembly();
        var texts = assembly.GetManifestResourceNames().Where(name => name.StartsWith("templates/", StringComparison.Ordinal)).ToDictionary(name => name, name =>
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            return reader.ReadToEnd();
        });
        // The texts of mails stand beside them and have no head. French comes first: the others are its translations.
        foreach (var (name, text) in texts.Where(one => one.Value.StartsWith("---", StringComparison.Ordinal)).OrderBy(one => Path.GetFileNameWithoutExtension(one.Key) != "fr").ThenBy(one => one.Key, StringComparer.Ordinal))
        {
            var language = Path.GetFileNameWithoutExtension(name);
            try
            {
                var template = language == "fr" ? DocumentTemplate.Read(text, dress) : byFolder[Path.GetDirectoryName(name)!].Translated(text);
                if (language == "fr") byFolder[Path.GetDirectoryName(name)!] = template;
                _templates.Add((template.Code, language), template);
            }
            catch (TemplateException fault)
            {
                throw new InvalidOperationException($"{name}: {fault.Message}", fault);
            }
        }
    }

    public IReadOnlyList<DocumentTemplate> All => In("fr");

    public IReadOnlyList<DocumentTemplate> In(string language) => [.. _templates.Where(one => one.Key.Language == language).Select(one => one.Value)];

    public bool Speaks(string code, string language) => _templates.ContainsKey((code, language));

    public DocumentTemplate? Find(string code, string language = "fr") => _templates.GetValueOrDefault((code, language)) ?? _templates.GetValueOrDefault((code, "fr"));
}
