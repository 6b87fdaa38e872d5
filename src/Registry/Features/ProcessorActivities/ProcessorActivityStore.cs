using Dapper;
using Registry.Access;
using Registry.Data;
using Registry.Features.Records;
using Registry.Features.Shared;

namespace Registry.Features.ProcessorActivities;

public sealed record ProcessorActivity
{
    public const string ObjectType = "PROCESSOR_ACTIVITY";

    public required Guid Id { get; init; }
    public required int Number { get; init; }
    public required string ProcessorName { get; init; }
    public required string ControllerName { get; init; }
    public required DateOnly StartOn { get; init; }
    public DateOnly? EndOn { get; init; }
    public required string Status { get; init; }
    public required string SheetJson { get; init; }
    public required int Version { get; init; }
    public required int Total { get; init; }

    public bool Ended => Status == "ENDED";
    public string Reference => ReferenceOf(Number);
    public ProcessorActivityForm Read() => Records.SheetJson.ReadPart<ProcessorActivityForm>(SheetJson);

    public static string ReferenceOf(int number) => $"ST-{number:0000}";

    /// <summary>"ST-0001" as people write it, or null: the address of another line, or of none.</summary>
    public static int? NumberOf(string reference) =>
        reference.Length is >= 7 and <= 12 && reference.StartsWith("ST-", StringComparison.OrdinalIgnoreCase)
        && int.TryParse(reference.AsSpan(3), System.Globalization.NumberStyles.None, null, out var number) ? number : null;
}

/// <summary>The register of the organisation as a processor, and the lines that other processors wrote about their work for it.</summary>
public sealed class ProcessorActivityStore(Db db, Visitor visitor, TimeProvider clock)
{
    private Guid Organisation => visitor.Organisation.Id;

    public async Task<IReadOnlyList<ProcessorActivity>> ListAsync(string? text, int limit, int offset)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<ProcessorActivity>(
            """
            select id, number, processor_name, controller_name, start_on, end_on, status, sheet::text as sheet_json, version, count(*) over ()::int as total
              from processor_activity
             where organisation_id = @Organisation and (@text is null or controller_name ilike @text or sheet ->> 'categories' ilike @text)
             order by status, number
             limit @limit offset @offset
            """,
            new { Organisation, text = Pattern.Containing(text), limit, offset })).AsList();
    }

    /// <summary>What other processors wrote about this organisation: the policy "concerned" opens those lines and no others.</summary>
    public async Task<IReadOnlyList<ProcessorActivity>> ConcerningAsync()
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<ProcessorActivity>(
            """
            select id, number, processor_name, controller_name, start_on, end_on, status, sheet::text as sheet_json, version, 0 as total
              from processor_activity
             where controller_id = @Organisation and organisation_id <> @Organisation
             order by status, processor_name, number
             limit 200
            """,
            new { Organisation })).AsList();
    }

    public async Task<ProcessorActivity?> FindAsync(string reference)
    {
        if (ProcessorActivity.NumberOf(reference) is not { } number) return null;
        var connection = await db.OpenAsync();
        return await connection.QuerySingleOrDefaultAsync<ProcessorActivity>(
            """
            select id, number, processor_name, controller_name, start_on, end_on, status, sheet::text as sheet_json, version, 1 as total
              from processor_activity
             where organisation_id = @Organisation and number = @number
            """,
            new { Organisation, number });
    }

    /// <summary>The organisations that the visitor may name as controllers: those within her reach.</summary>
    public async Task<IReadOnlyList<Option>> ControllersAsync()
    {
        var connection = await db.OpenAsync();
        return [.. (await connection.QueryAsync<(Guid Id, string Name)>(
            """select id, name from organisation where id <> @Organisation and status <> 'CLOSED' order by name collate "fr-x-icu", id limit 2000""", new { Organisation }))
            .Select(row => new Option(row.Id.ToString(), row.Name))];
    }

    /// <summary>The number it got; the same form sent twice finds the first line (S-92).</summary>
    public async Task<(int Number, bool Added)> AddAsync(Guid id, ProcessorActivityForm form)
    {
        var connection = await db.OpenAsync();
        await connection.ExecuteAsync("select pg_advisory_xact_lock(hashtextextended(@form, 0))", new { form = $"{Organisation}/{id}" });
        if (await connection.ExecuteScalarAsync<int?>(
                "select number from processor_activity where organisation_id = @Organisation and id = @id", new { Organisation, id }) is { } first) return (first, false);
        var number = await connection.ExecuteScalarAsync<int>(
            """
            insert into reference_counter (organisation_id, kind, last) values (@Organisation, 'ST', 1)
            on conflict (organisation_id, kind) do update set last = reference_counter.last + 1
            returning last
            """,
            new { Organisation });
        await connection.ExecuteAsync(
            """
            insert into processor_activity (organisation_id, id, number, processor_name, controller_id, controller_name, start_on, sheet, created_at, updated_at, updated_by)
            values (@Organisation, @id, @number, @processor, @controller, @ControllerName, @StartOn, @sheet::jsonb, @now, @now, @by);
            update organisation set acts_as_processor = true where id = @Organisation and not acts_as_processor
            """,
            Parameters(id, form, number));
        return (number, true);
    }

    public async Task<bool> SaveAsync(Guid id, ProcessorActivityForm form, int version)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            """
            update processor_activity
               set processor_name = @processor, controller_id = @controller, controller_name = @ControllerName, start_on = @StartOn, sheet = @sheet::jsonb,
                   updated_at = @now, updated_by = @by, version = version + 1
             where organisation_id = @Organisation and id = @id and version = @version and status = 'ACTIVE'
            """,
            Parameters(id, form, version: version)) == 1;
    }

    /// <summary>False when somebody ended it meanwhile.</summary>
    public async Task<bool> EndAsync(Guid id, DateOnly endOn)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            """
            update processor_activity set status = 'ENDED', end_on = @endOn, updated_at = @now, updated_by = @by, version = version + 1
             where organisation_id = @Organisation and id = @id and status = 'ACTIVE'
            """,
            new { Organisation, id, endOn, now = clock.GetUtcNow(), by = visitor.Name }) == 1;
    }

    private object Parameters(Guid id, ProcessorActivityForm form, int number = 0, int version = 0) => new
    {
        Organisation, id, number, version, processor = visitor.Organisation.Name, controller = Guid.TryParse(form.ControllerOrganisation, out var controller) ? controller : (Guid?)null,
        form.ControllerName, form.StartOn, sheet = SheetJson.WritePart(form), now = clock.GetUtcNow(), by = visitor.Name,
    };
}
