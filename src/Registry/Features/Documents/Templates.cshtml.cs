using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;

namespace Registry.Features.Documents;

/// <summary>The text of each document, as this body's next one will be written.</summary>
[Requires(Function.Templates, Right.Write)]
public sealed class TemplatesModel(TemplateDesk desk, Visitor visitor) : PageModel
{
    public IReadOnlyList<TemplateStanding> Standings { get; private set; } = [];
    public bool KeepsArea { get; private set; }
    public CurrentOrganisation Organisation => visitor.Organisation;

    public async Task<IActionResult> OnGetAsync()
    {
        if (!desk.MayWrite) return StatusCode(StatusCodes.Status403Forbidden);
        (Standings, KeepsArea) = (await desk.ListAsync(), await desk.KeepsAreaAsync());
        return Page();
    }
}
