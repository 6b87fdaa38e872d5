using Dapper;
using Registry.Access;
using Registry.Data;
using Registry.Features.Organisations;
using Registry.History;

namespace Registry.Demo;

/// <summary>The organisations, and for each provider the area whose bodies its officer serves.</summary>
internal static class DemoBodies
{
    public static async Task AddAsync(Db db, Journal journal, IReadOnlyList<DemoBody> bodies)
    {
        var store = new OrganisationStore(db, new Visitor(), TimeProvider.System);
        var connection = await db.OpenAsync();
        foreach (var body in bodies)
        {
            await store.AddAsync(body.Organisation);
            Tell(Actions.OrganisationAdded, body, body.Organisation.Id, body.Organisation.Name);
            if (body.Provider is { } provider)
            {
                await store.JoinAreaAsync(body.Organisation.Id, provider.AreaId, new DateOnly(2024, 1, 1));
                continue;
            }
            var name = $"Espace mutualisé {body.Organisation.ShortName ?? body.Organisation.Name}";
            await connection.ExecuteAsync(
                "insert into mutualisation_area (organisation_id, id, name, dpo_public_email) values (@Id, @AreaId, @name, @mail)",
                new { body.Organisation.Id, body.AreaId, name, mail = $"dpd@{body.Organisation.Slug}.example" });
            Tell(Actions.AreaAdded, body, body.AreaId, name);
        }

        void Tell(Happening happening, DemoBody body, Guid id, string subject) =>
            journal.Record(new Event(body.Organisation.Id, happening.Code, "ORGANISATION", id, new EventDetails { Subject = subject }));
    }
}
