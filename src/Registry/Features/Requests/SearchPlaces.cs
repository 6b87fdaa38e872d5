using Dapper;
using Registry.Access;
using Registry.Data;
using Registry.Features.Conventions;
using Registry.Features.Records;
using Registry.Features.Responsibilities;
using Registry.Features.Shared;

namespace Registry.Features.Requests;

public sealed record KnownRecord(Guid Id, int Number, string Title)
{
    public string Label => $"{ProcessingRecord.ReferenceOf(Number)} · {Title}";

    public bool Is(string typed) =>
        new[] { Label, ProcessingRecord.ReferenceOf(Number), Title }.Any(name => string.Equals(name, typed, StringComparison.OrdinalIgnoreCase));
}

/// <summary>Where data may be looked for in the current organisation, and of whom it may be asked: first of those whom the matrix of a running convention charges with helping, and the list says why.</summary>
public sealed class SearchPlaces(Db db, Responsibilities.Responsibilities responsibilities, Visitor visitor)
{
    public static readonly string ByMatrix = Languages.Key("Proposés d’abord : la matrice de leur convention les charge d’aider"),
        ByLaw = Languages.Key("Proposés d’abord : sans matrice, la loi les charge d’aider (article 28)"),
        Units = Languages.Key("Services de l’organisme"), Others = Languages.Key("Autres prestataires sous convention");

    public IReadOnlyList<KnownRecord> Records { get; private set; } = [];
    public IReadOnlyList<(Guid Id, string Name)> Systems { get; private set; } = [];
    public IReadOnlyList<(Option Option, Asked Asked)> Whom { get; private set; } = [];

    public KnownRecord? Record(string typed) => Records.FirstOrDefault(one => one.Is(typed));

    public Guid? System(string typed) => Systems.Where(one => string.Equals(one.Name, typed, StringComparison.OrdinalIgnoreCase)).Select(one => (Guid?)one.Id).FirstOrDefault();

    public Asked? Of(string? value) => Whom.Where(one => one.Option.Value == value).Select(one => one.Asked).FirstOrDefault();

    public async Task ReadAsync()
    {
        var (organisation, connection) = (visitor.Organisation.Id, await db.OpenAsync());
        await using var answers = await connection.QueryMultipleAsync(
            """
            select id, number, title from processing_record where organisation_id = @organisation and published_version is not null and status not in ('ARCHIVED', 'ABANDONED') order by number limit 2000;
            select id, name from information_system where organisation_id = @organisation and active order by name collate "fr-x-icu" limit 2000;
            select id, name from org_unit where organisation_id = @organisation and active order by name collate "fr-x-icu" limit 500;
            select c.organisation_id, c.id, c.number, c.title
              from convention c
             where c.status in ('IN_FORCE', 'NOTICE_GIVEN', 'REVERSIBILITY', 'RESTITUTED')
               and (c.organisation_id = @organisation
                    or (c.organisation_id, c.id) in (select p.organisation_id, p.convention_id from convention_party p where p.active and p.party_organisation_id = @organisation))
             order by c.organisation_id <> @organisation, c.number, c.id limit 200;
            select convention_id, provider_id from app.providers_of(@organisation)
            """,
            new { organisation });
        Records = (await answers.ReadAsync<KnownRecord>()).AsList();
        Systems = (await answers.ReadAsync<(Guid, string)>()).AsList();
        var units = (await answers.ReadAsync<(Guid Id, string Name)>()).AsList();
        var conventions = (await answers.ReadAsync<(Guid Keeper, Guid Id, int Number, string Title)>()).AsList();
        var helped = (await answers.ReadAsync<(Guid Convention, Guid Provider)>()).ToHashSet();
        var duties = await responsibilities.OfAsync([.. conventions.Select(convention => convention.Id)], Duties.Rights);
        var processors = from convention in conventions
                         from duty in duties[convention.Id].All
                         where duty.Party.Processes && duty.Party.OrganisationId != organisation.ToString()
                         let helps = duty.Has("S") || duty.Has("R")
                         let why = !helps ? Others : duties[convention.Id].FromLaw ? ByLaw : ByMatrix
                         select (new Option($"P:{convention.Id}:{duty.Party.Called}", $"{duty.Party.Called} · {Convention.ReferenceOf(convention.Number)} {convention.Title}", Group: why),
                             new Asked(duty.Party.Called, null, convention.Keeper, convention.Id, convention.Number, organisation,
                                 Guid.TryParse(duty.Party.OrganisationId, out var body) && helped.Contains((convention.Id, body)) ? body : null));
        var services = units.Select(unit => (new Option($"U:{unit.Id}", unit.Name, Group: Units), new Asked(unit.Name, unit.Id, null, null)));
        string[] order = [ByMatrix, ByLaw, Units, Others];
        Whom = [.. processors.Concat(services).OrderBy(one => Array.IndexOf(order, one.Item1.Group))];
    }
}
