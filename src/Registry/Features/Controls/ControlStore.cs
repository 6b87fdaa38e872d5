using Dapper;
using Registry.Access;
using Registry.Data;
using Registry.Features.Conventions;

namespace Registry.Features.Controls;

/// <summary>Attested controls of conventions and applications, and the corrections of applications.</summary>
public sealed class ControlStore(Db db, Visitor visitor, TimeProvider clock)
{
    private const int MostLines = 500;

    private Guid Organisation => visitor.Organisation.Id;

    public async Task<IReadOnlyList<Attestation>> ListAsync(Convention convention)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<Attestation>(
            """
            select id, code, parameters::text as parameters, status, attested_by, attested_on, valid_until, evidence, note, organisation_id as contributor_id, contributor_name
              from control_attestation
             where keeper_id = @OrganisationId and convention_id = @Id and not withdrawn
             order by attested_on desc, recorded_at desc, id
             limit @MostLines
            """,
            new { convention.OrganisationId, convention.Id, MostLines })).AsList();
    }

    /// <summary>Both of an application in one round trip; its name, or null where it is not.</summary>
    public async Task<(string? Name, IReadOnlyList<Attestation> Controls, IReadOnlyList<Patch> Patches)> OfSystemAsync(Guid system)
    {
        var connection = await db.OpenAsync();
        await using var answers = await connection.QueryMultipleAsync(
            """
            select name from information_system where organisation_id = @Organisation and id = @system;
            select id, code, parameters::text as parameters, status, attested_by, attested_on, valid_until, evidence, note, organisation_id as contributor_id, contributor_name
              from control_attestation
             where organisation_id = @Organisation and information_system_id = @system and not withdrawn
             order by attested_on desc, recorded_at desc, id limit @MostLines;
            select id, label, published_on, due_on, applied_on from patch_record
             where organisation_id = @Organisation and information_system_id = @system order by applied_on is not null, due_on, id limit @MostLines
            """,
            new { Organisation, system, MostLines });
        return (await answers.ReadSingleOrDefaultAsync<string>(), [.. await answers.ReadAsync<Attestation>()], [.. await answers.ReadAsync<Patch>()]);
    }

    /// <summary>False when the same form was sent before. Of a convention or of an application, never of both.</summary>
    public async Task<bool> AddAsync(Guid id, Convention? convention, Guid? system, string code, string parameters, AttestationForm form)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            """
            insert into control_attestation (organisation_id, id, keeper_id, convention_id, information_system_id, code, parameters, status, attested_by, attested_on, valid_until, evidence, note, recorded_by, contributor_name, recorded_at)
            values (@Organisation, @id, @keeper, @convention, @system, @code, @parameters::jsonb, @Status, @AttestedBy, @AttestedOn, @ValidUntil, @Evidence, @Note, @by, @contributor, @now)
            on conflict do nothing
            """,
            new
            {
                Organisation, id, keeper = convention?.OrganisationId, convention = convention?.Id, system, code, parameters, form.Status, form.AttestedBy, form.AttestedOn, form.ValidUntil, form.Evidence, form.Note,
                by = visitor.Name, contributor = visitor.Organisation.Name, now = clock.GetUtcNow(),
            }) == 1;
    }

    /// <summary>Only what the own organisation gave, and once; which control it was, or null.</summary>
    public async Task<string?> WithdrawAsync(Guid id, Guid? convention, Guid? system)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteScalarAsync<string?>(
            """
            update control_attestation set withdrawn = true
             where organisation_id = @Organisation and id = @id and convention_id is not distinct from @convention and information_system_id is not distinct from @system and not withdrawn
            returning code
            """,
            new { Organisation, id, convention, system });
    }

    public async Task<bool> AddPatchAsync(Guid id, Guid system, PatchForm form)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            """
            insert into patch_record (organisation_id, id, information_system_id, label, published_on, applied_on, recorded_by, recorded_at)
            values (@Organisation, @id, @system, @Label, @PublishedOn, @AppliedOn, @by, @now)
            on conflict do nothing
            """,
            new { Organisation, id, system, form.Label, form.PublishedOn, form.AppliedOn, by = visitor.Name, now = clock.GetUtcNow() }) == 1;
    }

    /// <summary>Its name; null when it is not there, or was applied meanwhile.</summary>
    public async Task<string?> ApplyPatchAsync(Guid id, Guid system)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteScalarAsync<string?>(
            """
            update patch_record set applied_on = @today
             where organisation_id = @Organisation and information_system_id = @system and id = @id and applied_on is null
            returning label
            """,
            new { Organisation, system, id, today = visitor.Organisation.Today(clock) });
    }
}
