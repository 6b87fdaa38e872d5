using System.Text;
using System.Text.Json;
using Registry.Documents;
using Registry.Features.Shared;

namespace Registry.Features.Documents;

/// <summary>An issued document as lists name it.</summary>
public sealed record IssuedDocument
{
    public required Guid Id { get; init; }
    public required int Year { get; init; }
    public required int Number { get; init; }
    public required string Prefix { get; init; }
    public required string Code { get; init; }
    public required string Title { get; init; }
    public required string About { get; init; }
    public required string ObjectReference { get; init; }
    public required bool Sealed { get; init; }
    public required string Sha256 { get; init; }
    public required string TemplateVersion { get; init; }
    public required DateTimeOffset IssuedAt { get; init; }
    public required string IssuedBy { get; init; }

    /// <summary>Of what it was filled with; null for those issued before this was kept.</summary>
    public string? ValuesSha256 { get; init; }

    public string Reference => ReferenceOf(Prefix, Year, Number);

    public static string ReferenceOf(string prefix, int year, int number) => $"{prefix}-{year}-{number:0000}";
}

/// <summary>What an issued document keeps: its text, the page as it was seen, and what it was filled with. One JSON under one hash.</summary>
public sealed record IssuedContent(DocumentText Document, string Html, JsonElement Values)
{
    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, DocumentText.Format);

    public static IssuedContent Read(byte[] content) => JsonSerializer.Deserialize<IssuedContent>(content, DocumentText.Format)!;
}

/// <summary>What documents are about, as the addresses say it; labels are message keys.</summary>
/// <param name="Of">Where the object stands, when its reference is its address.</param>
public sealed record DocumentSubject(string Code, string Slug, string Label, string? Of)
{
    public static IReadOnlyList<DocumentSubject> All { get; } =
    [
        new("ORGANISATION", "organisme", Languages.Key("L’organisme"), null),
        new("RECORD", "traitement", Languages.Key("Traitement"), "traitements"),
        new("BREACH", "violation", Languages.Key("Violation"), "violations"),
        new("RIGHTS_REQUEST", "demande", Languages.Key("Demande"), "demandes"),
        new("CONVENTION", "convention", Languages.Key("Convention"), "conventions"),
        new("AUTHORITY_REQUEST", "requete", Languages.Key("Requête d’autorité"), "requetes-d-autorites"),
        new("AREA", "espace", Languages.Key("Espace mutualisé"), null),
        new("MONTHLY_STATEMENT", "etat-mensuel", Languages.Key("État mensuel"), "etats-mensuels"),
        new("APPOINTMENT", "designation", Languages.Key("Désignation"), null),
    ];

    public static DocumentSubject? Find(string? slug) => All.FirstOrDefault(one => one.Slug == slug);

    public static DocumentSubject? OfCode(string about) => All.FirstOrDefault(one => one.Code == about);
}
