using System.Security.Cryptography;
using Dapper;
using Registry.Access;
using Registry.Data;
using Registry.Documents;
using Registry.Identity;

namespace Registry.Features.Documents;

/// <summary>The body whose paper it is.</summary>
public sealed record DocumentBody
{
    public required string Name { get; init; }
    public string? Siren { get; init; }
    public string? Address { get; init; }
    public string? City { get; init; }
    public string? Contact { get; init; }
    public string? Officer { get; init; }
    public string? OfficerContact { get; init; }

    /// <summary>The text that the officer wrote for this document, of this body or of all that she serves.</summary>
    public string? OwnText { get; init; }
}

/// <summary>Every question asked about the documents of the current organisation. What holds data of citizens is sealed on its way in and opened on its way out.</summary>
public sealed class DocumentStore(Db db, Visitor visitor, Keys keys, TimeProvider clock)
{
    public const int PageSize = 50;

    /// <summary>For whoever carries the rows to another key.</summary>
    public static readonly SealedColumn SealedColumn = new("issued_document", "content", "issued-documents", "issued_document", When: "sealed");

    private readonly byte[] _key = keys.Derive(SealedColumn.Purpose);

    private Guid Organisation => visitor.Organisation.Id;

    public async Task<DocumentBody> BodyAsync(string code)
    {
        var connection = await db.OpenAsync();
        return await connection.QuerySingleAsync<DocumentBody>(
            """
            select o.name, o.siren, concat_ws(', ', o.address, case when strpos(o.address, coalesce(nullif(o.postal_code, ''), o.city)) > 0 then null else nullif(trim(concat_ws(' ', o.postal_code, o.city)), '') end) as address, o.city,
                   coalesce(o.rights_contact_email, o.email, o.rights_contact_post) as contact, d.officer, d.officer_contact, w.body as own_text
              from organisation o
              left join lateral app.officer_of(o.id, @today) d on true
              left join lateral (
                select t.body
                  from (select distinct on (x.scope, x.organisation_id) x.scope, x.organisation_id, x.body, x.written_at
                          from document_template_text x
                         where x.code = @code and (x.organisation_id = @Organisation or x.scope = 'AREA' and x.organisation_id = any ((select app.library_of(@Organisation))::uuid[]))
                         order by x.scope, x.organisation_id, x.number desc) t
                 where t.body is not null
                 order by t.scope = 'BODY' desc, t.organisation_id = @Organisation desc, t.written_at desc
                 limit 1) w on true
             where o.id = @Organisation
            """,
            new { Organisation, code, today = visitor.Organisation.Today(clock) });
    }

    /// <summary>Those of these kinds, the newest first, and one more to know whether there are others.</summary>
    public async Task<IReadOnlyList<IssuedDocument>> ListAsync(string[] codes, string? about, string? reference, string text, int skip)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<IssuedDocument>(
            """
            select id, year, number, prefix, code, title, about, object_reference, sealed, sha256, template_version, issued_at, issued_by
              from issued_document
             where organisation_id = @Organisation and code = any(@codes) and (@about::text is null or about = @about) and (@reference::text is null or object_reference = @reference)
               and (@text::text is null or title ilike @text or object_reference ilike @text or issued_by ilike @text or prefix || '-' || year || '-' || lpad(number::text, 4, '0') ilike @text)
             order by issued_at desc, id
             limit @size offset @skip
            """,
            new { Organisation, codes, about, reference, text = Pattern.Containing(text), skip, size = PageSize + 1 })).AsList();
    }

    /// <summary>The document and its text, whose hash is asked again; null when there is none.</summary>
    public async Task<(IssuedDocument Document, IssuedContent Content)?> FindAsync(Guid id)
    {
        var connection = await db.OpenAsync();
        var row = (await connection.QueryAsync<IssuedDocument, byte[], (IssuedDocument, byte[])?>(
            """
            select id, year, number, prefix, code, title, about, object_reference, sealed, sha256, template_version, issued_at, issued_by, values_sha256, content
              from issued_document
             where organisation_id = @Organisation and id = @id
            """,
            (document, content) => (document, content), new { Organisation, id }, splitOn: "content")).SingleOrDefault();
        if (row is not var (document, kept)) return null;
        var content = document.Sealed ? Sealing.OpenBytes(_key, kept, Place(id)) : kept;
        if (Convert.ToHexStringLower(SHA256.HashData(content)) != document.Sha256) throw new InvalidOperationException($"The text of document {document.Reference} is not the one that was issued.");
        return (document, IssuedContent.Read(content));
    }

    /// <summary>The form sent twice issues once (S-92): who already bears that id.</summary>
    public async Task<bool> IsIssuedAsync(Guid id)
    {
        var connection = await db.OpenAsync();
        await connection.ExecuteAsync("select pg_advisory_xact_lock(hashtextextended(@form, 0))", new { form = $"{Organisation}/{id}" });
        return await connection.ExecuteScalarAsync<bool>("select exists (select from issued_document where organisation_id = @Organisation and id = @id)", new { Organisation, id });
    }

    public async Task<int> NextNumberAsync(int year)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteScalarAsync<int>(
            """
            insert into reference_counter (organisation_id, kind, last) values (@Organisation, @series, 1)
            on conflict (organisation_id, kind) do update set last = reference_counter.last + 1
            returning last
            """,
            new { Organisation, series = $"DOC-{year}" });
    }

    /// <summary>The hash of what was kept.</summary>
    public async Task<string> AddAsync(Guid id, int year, int number, DocumentTemplate template, DocumentContent about, IssuedContent text, string? valuesSha256 = null)
    {
        var connection = await db.OpenAsync();
        var content = text.Write();
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(content));
        await connection.ExecuteAsync(
            """
            insert into issued_document (organisation_id, id, year, number, prefix, code, title, about, object_id, object_reference, language, template_version, sealed, content, sha256, rights_request_id,
                   issued_at, issued_by, issued_by_id, values_sha256)
            values (@Organisation, @id, @year, @number, @Prefix, @Code, @Title, @About, @ObjectId, @ObjectReference, @Language, @Version, @Sealed, @kept, @sha256, @request, @now, @by, @PersonId, @valuesSha256)
            """,
            new
            {
                Organisation, id, year, number, template.Prefix, template.Code, about.Title, template.About, about.ObjectId, about.ObjectReference, text.Document.Language, template.Version, template.Sealed,
                kept = template.Sealed ? Sealing.Seal(_key, content, Place(id)) : content, sha256, request = template.About == "RIGHTS_REQUEST" ? about.ObjectId : null,
                now = clock.GetUtcNow(), by = visitor.Name, visitor.PersonId, valuesSha256,
            });
        return sha256;
    }

    /// <summary>How many files of documents this person has taken out within the last hour (S-84).</summary>
    public async Task<int> TakenLatelyAsync()
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteScalarAsync<int>(
            "select count(*)::int from history.event where person_id = @PersonId and recorded_at > @since and action = 'DOCUMENT_TAKEN'",
            new { visitor.PersonId, since = clock.GetUtcNow().AddHours(-1) });
    }

    private string Place(Guid id) => SealedColumn.PlaceOf(Organisation, id);
}
