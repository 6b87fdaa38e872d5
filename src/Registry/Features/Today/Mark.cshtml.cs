using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Shared;

namespace Registry.Features.Today;

/// <summary>A line of the list is handed to a colleague, or put off with a reason.</summary>
[Requires(Function.DraftRecord, Right.Write)]
public sealed class MarkModel(WorkList work, WorkMarkStore store, Visitor visitor, TimeProvider clock, IStringLocalizer t) : PageModel
{
    [BindProperty]
    public MarkForm Form { get; set; } = new();

    public WorkLine Line { get; private set; } = null!;
    public IReadOnlyList<Option> Colleagues { get; private set; } = [];
    public bool Stale { get; private set; }
    public CurrentOrganisation Organisation => visitor.Organisation;
    public DateOnly Today => Organisation.Today(clock);
    public string Back => visitor.WorksOverArea ? "/" : $"/o/{Organisation.Slug}";

    public async Task<IActionResult> OnGetAsync(Guid item)
    {
        if (!await ReadAsync(item)) return NotFound();
        Form = MarkForm.Of(Line.Mark);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid item)
    {
        if (!await ReadAsync(item)) return NotFound();
        if (Form.Check(ModelState, Line, Colleagues, Today, visitor.PersonId, visitor.Name) is not { } mark) return Page();
        if (!await store.SaveAsync(Line, mark))
        {
            (Stale, Form.Seen) = (true, Line.Mark?.Version ?? 0);
            ModelState.Remove("Form.Seen");
            Response.StatusCode = StatusCodes.Status409Conflict;
            return Page();
        }
        FrameFilter.Leave(TempData, new FrameFlash("done", mark.PutOffUntil is { } until ? t.Get("La ligne reviendra le {0}.", Dates.Short(until)) : mark.AssignedName is { } name ? t.Get("La ligne est confiée à {0}.", name) : t.Get("La ligne est à qui de droit.")));
        return Redirect(Back);
    }

    private async Task<bool> ReadAsync(Guid item)
    {
        var line = (await work.ListAsync(Organisation.Id)).FirstOrDefault(one => one.OrganisationId == Organisation.Id && one.ObjectId == item);
        if (line is null) return false;
        (Line, Colleagues) = (line, await store.ColleaguesAsync());
        return true;
    }
}
