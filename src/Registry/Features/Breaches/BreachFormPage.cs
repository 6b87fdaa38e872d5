using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;

namespace Registry.Features.Breaches;

/// <summary>A page that changes a file: the file, where it leads back to, and what is answered when somebody saved the file meanwhile.</summary>
public abstract class BreachFormPage(Visitor visitor) : PageModel
{
    public BreachReading Reading { get; protected set; } = null!;
    public CurrentOrganisation Organisation => visitor.Organisation;
    public string Back => $"/o/{Organisation.Slug}/violations/{Reading.Breach.Reference}";

    /// <summary>Somebody saved the file since the page was opened.</summary>
    public bool Stale { get; private set; }

    /// <summary>The page again with what was typed, on the file as it stands now: 409.</summary>
    /// <param name="see">Tells the form the version that it stands on from here.</param>
    protected PageResult Changed(Action<int> see)
    {
        Stale = true;
        see(Reading.Breach.Version);
        ModelState.Remove("Form.Seen");
        Response.StatusCode = StatusCodes.Status409Conflict;
        return Page();
    }
}
