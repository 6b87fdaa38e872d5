using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;

namespace Registry.Features.Requests;

/// <summary>What the bodies that this one serves ask it to search for persons who exercise a right.</summary>
[Requires(Function.Requests, Right.WriteOwn)]
public sealed class TicketsModel(SearchTicketStore store, Visitor visitor, TimeProvider clock) : PageModel
{
    public IReadOnlyList<SearchTicket> List { get; private set; } = [];
    public CurrentOrganisation Organisation => visitor.Organisation;
    public DateOnly Today => Organisation.Today(clock);

    public async Task<IActionResult> OnGetAsync()
    {
        if (!TicketModel.WorksForProvider(visitor)) return StatusCode(StatusCodes.Status403Forbidden);
        List = await store.ListAsync();
        return Page();
    }
}
