using Dapper;
using Registry.Access;
using Registry.Data;
using Registry.Features.Conventions;
using Registry.Features.Records;

namespace Registry.Features.Responsibilities;

/// <summary>The matrix being written.</summary>
public sealed record KeptMatrix
{
    public required string SheetJson { get; init; }
    public required int Version { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public required string UpdatedBy { get; init; }

    public MatrixSheet Read() => Records.SheetJson.ReadPart<MatrixSheet>(SheetJson);
}

public sealed record MatrixVersion
{
    public required int Number { get; init; }
    public required string Sha256 { get; init; }
    public string? Note { get; init; }
    public required DateTimeOffset IssuedAt { get; init; }
    public required string IssuedBy { get; init; }

    /// <summary>Read for one version only.</summary>
    public string? Content { get; init; }
}

/// <summary>The matrix of a convention and its issued versions.</summary>
public sealed class MatrixStore(Db db, Visitor visitor, TimeProvider clock)
{
    private const int MostBytes = 800_000;
    private const int MostVersions = 200;

    /// <summary>The table refuses a document of a megabyte; the person hears it before.</summary>
    public static bool IsTooLong(MatrixSheet sheet) => System.Text.Encoding.UTF8.GetByteCount(SheetJson.WritePart(sheet)) > MostBytes;

    /// <summary>Both questions in one round trip.</summary>
    public async Task<(KeptMatrix? Matrix, IReadOnlyList<MatrixVersion> Versions)> FindAsync(Convention convention)
    {
        var connection = await db.OpenAsync();
        await using var answers = await connection.QueryMultipleAsync(
            """
            select sheet::text as sheet_json, version, updated_at, updated_by from responsibility_matrix where organisation_id = @OrganisationId and convention_id = @Id;
            select number, sha256, note, issued_at, issued_by from responsibility_matrix_version
             where organisation_id = @OrganisationId and convention_id = @Id order by number desc limit @MostVersions
            """,
            new { convention.OrganisationId, convention.Id, MostVersions });
        return (await answers.ReadSingleOrDefaultAsync<KeptMatrix>(), [.. await answers.ReadAsync<MatrixVersion>()]);
    }

    public async Task<MatrixVersion?> VersionAsync(Convention convention, int number)
    {
        var connection = await db.OpenAsync();
        return await connection.QuerySingleOrDefaultAsync<MatrixVersion>(
            """
            select number, content, sha256, note, issued_at, issued_by from responsibility_matrix_version
             where organisation_id = @OrganisationId and convention_id = @Id and number = @number
            """,
            new { convention.OrganisationId, convention.Id, number });
    }

    /// <summary>False when there is one already: a form sent twice begins one matrix (S-92).</summary>
    public async Task<bool> AddAsync(Convention convention, MatrixSheet sheet)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            """
            insert into responsibility_matrix (organisation_id, convention_id, sheet, updated_at, updated_by) values (@OrganisationId, @Id, @sheet::jsonb, @now, @by)
            on conflict do nothing
            """,
            new { convention.OrganisationId, convention.Id, sheet = SheetJson.WritePart(sheet), now = clock.GetUtcNow(), by = visitor.Name }) == 1;
    }

    /// <summary>False when somebody saved it meanwhile.</summary>
    public async Task<bool> SaveAsync(Convention convention, MatrixSheet sheet, int seen)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            """
            update responsibility_matrix set sheet = @sheet::jsonb, version = version + 1, updated_at = @now, updated_by = @by
             where organisation_id = @OrganisationId and convention_id = @Id and version = @seen
            """,
            new { convention.OrganisationId, convention.Id, seen, sheet = SheetJson.WritePart(sheet), now = clock.GetUtcNow(), by = visitor.Name }) == 1;
    }

    /// <summary>The number it got.</summary>
    public async Task<int> IssueAsync(Convention convention, MatrixIssue issue, string? note)
    {
        var connection = await db.OpenAsync();
        var content = issue.Write();
        return await connection.ExecuteScalarAsync<int>(
            """
            insert into responsibility_matrix_version (organisation_id, convention_id, number, content, sha256, note, issued_at, issued_by)
            select @OrganisationId, @Id, coalesce(max(number), 0) + 1, @content, @sha256, @note, @now, @by
              from responsibility_matrix_version where organisation_id = @OrganisationId and convention_id = @Id
            returning number
            """,
            new { convention.OrganisationId, convention.Id, content, sha256 = SheetJson.Sha256(content), note, now = clock.GetUtcNow(), by = visitor.Name });
    }
}
