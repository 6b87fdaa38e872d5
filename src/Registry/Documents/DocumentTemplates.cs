using System.Reflection;

namespace Registry.Documents;

/// <summary>The templates of documents that the program ships, read and checked when it starts.</summary>
public sealed class DocumentTemplates
{
    private readonly Dictionary<(string Code, string Language), DocumentTemplate> _templates = [];

    /// <param name="dress">The typography of French.</param>
    public DocumentTemplates(Func<string, string> dress)
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith("templates/", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            var text = reader.ReadToEnd();
            // The texts of mails stand beside them and have no head.
            if (!text.StartsWith("---", StringComparison.Ordinal)) continue;
            var language = Path.GetFileNameWithoutExtension(name);
            try
            {
                var template = DocumentTemplate.Read(text, language == "fr" ? dress : null);
                _templates.Add((template.Code, language), template);
            }
            catch (TemplateException fault)
            {
                throw new InvalidOperationException($"{name}: {fault.Message}", fault);
            }
        }
    }

    public IReadOnlyList<DocumentTemplate> All => [.. _templates.Where(one => one.Key.Language == "fr").Select(one => one.Value)];

    public DocumentTemplate? Find(string code, string language = "fr") => _templates.GetValueOrDefault((code, language)) ?? _templates.GetValueOrDefault((code, "fr"));
}
