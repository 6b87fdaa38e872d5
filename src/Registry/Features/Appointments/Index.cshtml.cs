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

    public bool MayOpenAccount(Appointment one) => one.AreaName is null && AccountModel.MayKeep(visitor, one, Appointments);

    /// <summary>A small r in the matrix: who holds which office, not by which act nor why it ended.</summary>
    public bool SeesActs => visitor.Can(Function.Appointments, Right.Read);

    public async Task OnGetAsync() => Appointments = await store.ListAsync();
}
