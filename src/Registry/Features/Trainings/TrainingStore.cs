using Dapper;
using Registry.Access;
using Registry.Data;

namespace Registry.Features.Trainings;

/// <summary>The trainings of an organisation.</summary>
public sealed class TrainingStore(Db db, Visitor visitor, TimeProvider clock)
{
    private const int Most = 500;

    private Guid Organisation => visitor.Organisation.Id;

    /// <summary>The last first.</summary>
    public async Task<IReadOnlyList<Training>> ListAsync()
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<Training>(
            "select id, kind, held_on, topic, trainer, attendees, headcount, evidence, version from training where organisation_id = @Organisation order by held_on desc, id limit @Most",
            new { Organisation, Most })).AsList();
    }

    public async Task<Training?> FindAsync(Guid id)
    {
        var connection = await db.OpenAsync();
        return await connection.QuerySingleOrDefaultAsync<Training>(
            "select id, kind, held_on, topic, trainer, attendees, headcount, evidence, version from training where organisation_id = @Organisation and id = @id", new { Organisation, id });
    }

    /// <summary>False when the same form was sent before.</summary>
    public async Task<bool> AddAsync(Guid id, TrainingForm form)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            """
            insert into training (organisation_id, id, kind, held_on, topic, trainer, attendees, headcount, evidence, recorded_at, recorded_by)
            values (@Organisation, @id, @Kind, @HeldOn, @Topic, @Trainer, @Attendees, @Headcount, @Evidence, @now, @by)
            on conflict do nothing
            """,
            Parameters(id, form, 0)) == 1;
    }

    /// <summary>False when somebody saved it meanwhile.</summary>
    public async Task<bool> SaveAsync(Guid id, TrainingForm form, int version)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            """
            update training
               set kind = @Kind, held_on = @HeldOn, topic = @Topic, trainer = @Trainer, attendees = @Attendees, headcount = @Headcount, evidence = @Evidence,
                   recorded_at = @now, recorded_by = @by, version = version + 1
             where organisation_id = @Organisation and id = @id and version = @version
            """,
            Parameters(id, form, version)) == 1;
    }

    private object Parameters(Guid id, TrainingForm form, int version) => new
    {
        Organisation, id, version, form.Kind, form.HeldOn, form.Topic, form.Trainer, form.Attendees, form.Headcount, form.Evidence, now = clock.GetUtcNow(), by = visitor.Name,
    };
}
