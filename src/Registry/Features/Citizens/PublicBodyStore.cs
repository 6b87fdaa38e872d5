using Dapper;
using Registry.Data;

namespace Registry.Features.Citizens;

/// <summary>An organisation as citizens see it.</summary>
public sealed record PublicBody
{
    public required Guid Id { get; init; }
    public required string Slug { get; init; }
    public required string Name { get; init; }
    public string? Address { get; init; }
    public string? PostalCode { get; init; }
    public string? City { get; init; }
    public string? Phone { get; init; }
    public string? Website { get; init; }
    public string? RightsContactEmail { get; init; }
    public string? RightsContactPost { get; init; }
    public required string Accent { get; init; }
    public string? OfficerEmail { get; init; }
}

/// <summary>A body of a territory that citizens may ask.</summary>
public sealed record MemberBody(string Slug, string Name);

public sealed class PublicBodyStore(Db db)
{
    /// <summary>The bodies of an intercommunality: those that are its members, and those of the areas that it leads.</summary>
    public async Task<IReadOnlyList<MemberBody>> MembersAsync(string slug)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<MemberBody>(
            """
            select o.slug, o.name
              from organisation o
              join organisation lead on lead.slug = @slug and lead.id <> o.id
             where o.member_of_id = lead.id
                or o.id in (select m.organisation_id from mutualisation m join mutualisation_area a on a.id = m.area_id
                             where a.organisation_id = lead.id and current_date between m.from_on and coalesce(m.to_on, 'infinity'))
             order by o.name collate "fr-x-icu", o.slug
             limit 500
            """,
            new { slug })).AsList();
    }

    public async Task<PublicBody?> FindAsync(string slug)
    {
        var connection = await db.OpenAsync();
        return await connection.QuerySingleOrDefaultAsync<PublicBody>(
            """
            select o.id, o.slug, o.name, o.address, o.postal_code, o.city, o.phone, o.website, o.rights_contact_email, o.rights_contact_post, o.accent,
                   (select a.dpo_public_email
                      from mutualisation m join mutualisation_area a on a.id = m.area_id
                     where m.organisation_id = o.id and current_date between m.from_on and coalesce(m.to_on, 'infinity')
                     order by m.from_on desc limit 1) as officer_email
              from organisation o
             where o.slug = @slug
            """,
            new { slug });
    }
}

/// <summary>The body whose page a citizen stands on; for the other public pages.</summary>
public sealed class PublicBodies(PublicBodyStore store, Db db)
{
    /// <summary>The connection is given back: what these pages do is done in a transaction of its own (<see cref="Access.OwnWork"/>).</summary>
    public async Task<PublicBody?> FindAsync(string slug)
    {
        var body = await store.FindAsync(slug);
        await db.CommitAsync();
        return body;
    }
}
