using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;

namespace Registry.Features.Appointments;

[Requires(Function.Appointments, Right.ReadOwn)]
public sealed class IndexModel(AppointmentStore store, Visitor visitor, TimeProvider clock) : PageModel
{
    public IReadOnlyList<Appointment> Appointments { get; private set; } = [];
    public CurrentOrganisation Organisation => visitor.Organisation;
    public DateOnly Today => Organisation.Today(clock);
    public bool MayChange => visitor.Can(Function.Appointments, Right.Write) || visitor.Can(Function.Appointments, Right.Decide);

    /// <summary>The representative names an officer or entrusts the organisation to an area once no officer is there for good.</summary>
    public bool MayJoin => visitor.Can(Function.Appointments, Right.Decide) && Appointments.All(one => one.Kind != "DPO" || one.EndOn is not null);
    public bool MayRelease => visitor.Grants.Any(grant => grant is { Role: Role.Dpo, AreaWide: true }) && Appointments.Any(one => one is { Kind: "DPO", Serves: true } && one.IsActive(Today));
    public bool HasOfficer => Appointments.Any(one => one.Kind == "DPO" && one.IsActive(Today));

    public bool MayOpenAccount(Appointment one) => one.AreaName is null && AccountModel.MayKeep(visitor, one, Appointments);

    /// <summary>A small r in the matrix: who holds which office, not by which act nor why it ended.</summary>
    public bool SeesActs => visitor.Can(Function.Appointments, Right.Read);

    public async Task OnGetAsync() => Appointments = await store.ListAsync();
}
