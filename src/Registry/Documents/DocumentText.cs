using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Registry.Documents;

/// <summary>Whose paper it is, as it stands at the head of a letter.</summary>
public sealed record Letterhead(string Body, string? Siren, string? Address, string? Contact, string? Place, string Date);

/// <summary>The few words that a document has from us and not from its template.</summary>
internal sealed record DocumentWords(string Contents, string Reference, string On, string Missing)
{
    public static DocumentWords Of(string language) => language == "en" ? English : French;

    private static readonly DocumentWords French = new("Sommaire", "Réf. ", ", le ", MarkdownText.Missing), English = new("Contents", "Ref. ", ", ", "[to be completed]");
}

/// <summary>
/// A document as it is: everything that its three forms are made of, and nothing that they would have to look up again. An issued one is kept as this text under one hash.
/// </summary>
public sealed record DocumentText
{
    public required string Code { get; init; }
    public required string Title { get; init; }
    public required string Language { get; init; }
    public required string Markdown { get; init; }
    public required string TemplateVersion { get; init; }
    public string? Reference { get; init; }
    public string? Legal { get; init; }
    public string? Confidentiality { get; init; }
    public string? Recipient { get; init; }

    /// <summary>To whom a letter is written, line by line, as an envelope shows it.</summary>
    public string? Addressee { get; init; }
    public Letterhead? Letterhead { get; init; }
    public bool Contents { get; init; }

    /// <summary>When it was made and from which text, at the foot of each page.</summary>
    public required string Stamp { get; init; }
    public IReadOnlyList<string> Missing { get; init; } = [];

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static JsonSerializerOptions Format => Json;
}

/// <summary>What a builder hands over: what the document is called, what fills it, and the object it speaks of.</summary>
/// <param name="Title">In plain words, with the reference of the object.</param>
/// <param name="ObjectId">The object, whose page finds the document again; null for the organisation itself.</param>
/// <param name="Recipient">To whom it goes, when that is known.</param>
/// <param name="Addressee">The same with the address, for a letter.</param>
public sealed record DocumentContent(string Title, Guid? ObjectId, string ObjectReference, IReadOnlyDictionary<string, object?> Values, string? Recipient = null, string? Addressee = null);

/// <summary>
/// What a feature fulfils to have its documents printed: one line in Server.cs. It answers null for what is not there, or not for this visitor, as its own pages do.
/// </summary>
public interface IDocumentSource
{
    IReadOnlyList<string> Codes { get; }

    Task<DocumentContent?> BuildAsync(string code, string reference);
}
