using Dapper;
using Registry.Access;
using Registry.Data;
using Registry.History;

namespace Registry.Features.Records;

/// <summary>
/// The applications, third parties and agreements that the organisation knows, found again by the name that somebody typed. A name is one thing in
/// an organisation; one that is new joins the list, with its event. That the links follow the sheet is the database's matter (migration 0014).
/// </summary>
public sealed class KnownThings(Db db, Visitor visitor, Journal journal, TimeProvider clock)
{
    public const string System = "SYSTEM";
    public const string ThirdParty = "THIRD_PARTY";

    private Guid Organisation => visitor.Organisation.Id;

    /// <summary>What the boxes of a part offer; what was switched off or has ended is not offered any more.</summary>
    public async Task<Offer> OfferAsync(Type part)
    {
        if (part != typeof(ProcessorsSection) && part != typeof(IdentificationSection)) return Offer.None;
        var connection = await db.OpenAsync();
        var names = (await connection.QueryAsync<(string Kind, string Name)>(
            """
            select kind, name from (
              select 'S' as kind, name from information_system where organisation_id = @Organisation and active and @processors
               union all
              select 'T', name from third_party where organisation_id = @Organisation and active and @processors
               union all
              select 'U', name from org_unit where organisation_id = @Organisation and active and not @processors
               union all
              select 'J', subject from joint_controllership where organisation_id = @Organisation and (end_on is null or end_on >= @today) and not @processors
            ) known order by kind, name collate "fr-x-icu"
            """,
            new { Organisation, processors = part == typeof(ProcessorsSection), today = visitor.Organisation.Today(clock) })).ToLookup(row => row.Kind, row => row.Name);
        return new Offer(new Dictionary<(Type, string), IReadOnlyList<string>>
        {
            [(typeof(SystemRow), nameof(SystemRow.Name))] = [.. names["S"]],
            [(typeof(SystemRow), nameof(SystemRow.Vendor))] = [.. names["T"]],
            [(typeof(ProcessorRow), nameof(ProcessorRow.Name))] = [.. names["T"]],
            [(typeof(IdentificationSection), nameof(IdentificationSection.Unit))] = [.. names["U"]],
            [(typeof(IdentificationSection), nameof(IdentificationSection.JointArrangement))] = [.. names["J"]],
        });
    }

    public async Task<IReadOnlyList<string>> ThirdPartyNamesAsync()
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<string>(
            """select name from third_party where organisation_id = @Organisation and active order by name collate "fr-x-icu" """, new { Organisation })).AsList();
    }

    /// <summary>Links what is named to what is known, whatever link was posted; a row linked just now takes over what the list says and it leaves open.</summary>
    public async Task RecogniseAsync(object part)
    {
        if (part is IdentificationSection identification) await RecogniseAgreementAsync(identification);
        if (part is not ProcessorsSection section) return;
        var connection = await db.OpenAsync();
        var known = (await connection.QueryAsync<(string Kind, string Key, string Id, string? Hosting, string? Vendor)>(
            """
            select 'S', lower(s.name), s.id::text, s.hosting, v.name
              from information_system s
              left join third_party v on v.organisation_id = s.organisation_id and v.id = s.vendor_id
             where s.organisation_id = @Organisation and lower(s.name) in (select lower(name) from unnest(@systems) name)
             union all
            select 'T', lower(name), id::text, null, null
              from third_party
             where organisation_id = @Organisation and lower(name) in (select lower(name) from unnest(@parties) name)
            """,
            new { Organisation, systems = section.Systems.Select(row => row.Name ?? "").ToArray(), parties = section.Processors.Select(row => row.Name ?? "").ToArray() })).ToList();
        foreach (var row in section.Processors)
            row.ThirdPartyId = known.Find(one => one.Kind == "T" && Same(one.Key, row.Name)).Id;
        foreach (var row in section.Systems)
        {
            var found = known.Find(one => one.Kind == "S" && Same(one.Key, row.Name));
            if (found.Id is not null && found.Id != row.SystemId)
            {
                row.Hosting ??= found.Hosting;
                row.Vendor ??= found.Vendor;
            }
            row.SystemId = found.Id;
        }
    }

    /// <summary>What the part names for the first time joins the lists.</summary>
    public async Task AddNewAsync(object part)
    {
        if (part is not ProcessorsSection section) return;
        foreach (var row in section.Processors.Where(row => row is { Name.Length: > 0, ThirdPartyId: null }))
            row.ThirdPartyId = (await ThirdPartyAsync(row.Name, "PROCESSOR"))!.Value.ToString();
        foreach (var row in section.Systems.Where(row => row is { Name.Length: > 0, SystemId: null }))
            row.SystemId = (await SystemAsync(row)).ToString();
    }

    /// <summary>The third party of that name, added when there is none; null for no name.</summary>
    public async Task<Guid?> ThirdPartyAsync(string? name, string role)
    {
        if (string.IsNullOrWhiteSpace(name)) return null;
        var connection = await db.OpenAsync();
        var added = await connection.ExecuteScalarAsync<Guid?>(
            """
            insert into third_party (organisation_id, id, name, role, sheet, created_at, updated_at, updated_by)
            values (@Organisation, @id, @name, @role, jsonb_build_object('name', @name::text, 'role', @role::text), @now, @now, @by)
            on conflict do nothing
            returning id
            """,
            new { Organisation, id = Guid.CreateVersion7(), name, role, now = clock.GetUtcNow(), by = visitor.Name });
        if (added is { } id) Tell(Actions.ThirdPartyAdded, ThirdParty, id, name);
        return added ?? await connection.ExecuteScalarAsync<Guid?>(
            "select id from third_party where organisation_id = @Organisation and lower(name) = lower(@name)", new { Organisation, name });
    }

    private async Task<Guid> SystemAsync(SystemRow row)
    {
        var connection = await db.OpenAsync();
        var vendorId = await ThirdPartyAsync(row.Vendor, "THIRD_PARTY");
        var added = await connection.ExecuteScalarAsync<Guid?>(
            """
            insert into information_system (organisation_id, id, name, vendor_id, hosting, sheet, created_at, updated_at, updated_by)
            values (@Organisation, @id, @Name, @vendorId, @Hosting, jsonb_strip_nulls(jsonb_build_object('name', @Name::text, 'hosting', @Hosting::text, 'vendor', @Vendor::text)), @now, @now, @by)
            on conflict do nothing
            returning id
            """,
            new { Organisation, id = Guid.CreateVersion7(), row.Name, vendorId, row.Hosting, row.Vendor, now = clock.GetUtcNow(), by = visitor.Name });
        if (added is { } id) Tell(Actions.SystemAdded, System, id, row.Name!);
        return added ?? await connection.ExecuteScalarAsync<Guid>(
            "select id from information_system where organisation_id = @Organisation and lower(name) = lower(@Name)", new { Organisation, row.Name });
    }

    /// <summary>The agreement says who decides together: a sheet that names nobody takes over its parties.</summary>
    private async Task RecogniseAgreementAsync(IdentificationSection identification)
    {
        identification.JointAgreementId = null;
        if (string.IsNullOrWhiteSpace(identification.JointArrangement)) return;
        var connection = await db.OpenAsync();
        var (id, parties) = await connection.QuerySingleOrDefaultAsync<(string? Id, string[] Parties)>(
            """
            select id::text, array(select party #>> '{}' from jsonb_path_query(sheet, '$.parties[*].name') party)
              from joint_controllership
             where organisation_id = @Organisation and lower(subject) = lower(@subject)
            """,
            new { Organisation, subject = identification.JointArrangement });
        if (id is null) return;
        identification.JointAgreementId = id;
        if (identification.JointControllers.Count == 0)
            identification.JointControllers.AddRange(parties.Where(party => !Same(party, visitor.Organisation.Name)));
    }

    private static bool Same(string key, string? name) => string.Equals(key, name, StringComparison.OrdinalIgnoreCase);

    private void Tell(Happening happening, string kind, Guid id, string name) =>
        journal.Record(new Event(Organisation, happening.Code, kind, id, new EventDetails { Subject = name }));
}
