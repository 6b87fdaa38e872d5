using System.Reflection;
using System.Text.RegularExpressions;

namespace Registry.Features.Reminders;

/// <summary>A message as it leaves.</summary>
public sealed record Message(string Subject, string Body);

/// <summary>
/// The texts of reminders, templates/&lt;message&gt;/&lt;language&gt;.md: the first line is the subject, the rest the body. Placeholders are names, filled once: what
/// a value holds is never read as a placeholder again (S-13).
/// </summary>
public sealed partial class MessageTemplates
{
    public const string Digest = "reminder-digest";
    public const string Urgent = "reminder-urgent";
    public const string ProviderRequest = "provider-request";
    public const string AuthorityRedirect = "authority-redirect";
    public const string Weekly = "weekly-summary";

    public static IReadOnlyList<string> Names { get; } = [Digest, Urgent, Weekly, ProviderRequest, AuthorityRedirect];

    private readonly Dictionary<(string Name, string Locale), string> _texts = Read();

    public Message Write(string name, string locale, IReadOnlyDictionary<string, string> values)
    {
        var text = _texts[(name, locale == "en" ? "en" : "fr")];
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        return new Message(new string([.. Fill(text[..end], values).Where(letter => !char.IsControl(letter))]), Fill(text[(end + 1)..].Trim(), values));
    }

    private static string Fill(string text, IReadOnlyDictionary<string, string> values) =>
        Placeholder().Replace(text, found => values.TryGetValue(found.Groups[1].Value, out var value)
            ? value
            : throw new InvalidOperationException($"A message names {found.Value}, which nothing fills."));

    private static Dictionary<(string, string), string> Read()
    {
        var texts = new Dictionary<(string, string), string>();
        foreach (var name in Names)
            foreach (var locale in (string[])["fr", "en"])
            {
                using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream($"templates/{name}/{locale}.md")!);
                texts[(name, locale)] = reader.ReadToEnd().ReplaceLineEndings("\n");
            }
        return texts;
    }

    [GeneratedRegex(@"\{\{(\w+)\}\}")]
    private static partial Regex Placeholder();
}
