using System.ComponentModel.DataAnnotations;
using Dapper;
using Registry.Access;
using Registry.Data;

namespace Registry.Features.Conventions;

/// <summary>A difference that was taken up the ladder of the convention (domain §2.11): DINSI, then DGA, then DGS.</summary>
public sealed record ConventionEscalation(int Step, string FromFunction, string ToFunction, string Reason, DateOnly HappenedOn, string RecordedBy);

public sealed class EscalationForm
{
    public Guid Id { get; set; }

    /// <summary>The place on the ladder that is turned to, from 1.</summary>
    [Required(ErrorMessage = "Choisissez à qui l’on s’est adressé.")]
    public string? Step { get; set; }

    [Required(ErrorMessage = "Indiquez le jour.")]
    public DateOnly? On { get; set; }

    [Required(ErrorMessage = "Écrivez pourquoi.")]
    [StringLength(2000, ErrorMessage = "Écrivez {1} caractères au plus.")]
    public string? Reason { get; set; }
}

/// <summary>The escalations of a convention, written once.</summary>
public sealed class EscalationStore(Db db, Visitor visitor, TimeProvider clock)
{
    public async Task<IReadOnlyList<ConventionEscalation>> ListAsync(Convention convention)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<ConventionEscalation>(
            """
            select step, from_function, to_function, reason, happened_on, recorded_by
              from convention_escalation
             where organisation_id = @OrganisationId and convention_id = @Id
             order by happened_on desc, recorded_at desc
             limit 200
            """,
            new { convention.OrganisationId, convention.Id })).AsList();
    }

    /// <summary>False when the same form was sent before.</summary>
    public async Task<bool> AddAsync(Convention convention, Guid id, ConventionEscalation one)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            """
            insert into convention_escalation (organisation_id, id, convention_id, step, from_function, to_function, reason, happened_on, recorded_by, recorded_at)
            values (@OrganisationId, @id, @convention, @Step, @FromFunction, @ToFunction, @Reason, @HappenedOn, @by, @now)
            on conflict do nothing
            """,
            new { convention.OrganisationId, id, convention = convention.Id, one.Step, one.FromFunction, one.ToFunction, one.Reason, one.HappenedOn, by = visitor.Name, now = clock.GetUtcNow() }) == 1;
    }
}
