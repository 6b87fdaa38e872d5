using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Records;

namespace Registry.Features.Conventions;

/// <summary>Every part of the text, as it is kept.</summary>
[Requires(Function.Conventions, Right.ReadOwn)]
public sealed class TextModel(ConventionDesk desk, Visitor visitor, IStringLocalizer t) : PageModel
{
    public ConventionReading Reading { get; private set; } = null!;
    public CurrentOrganisation Organisation => visitor.Organisation;
    public string At(string rest = "") => desk.At(Reading.Convention, rest);
    public bool MayEdit => desk.MayEdit(Reading);

    public IReadOnlyList<ClauseView> Parts { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string convention)
    {
        if (await desk.ReadAsync(convention) is not { } reading) return NotFound();
        Reading = reading;
        var reader = new SheetReader(t, new Sheet());
        Parts = [.. ConventionSections.All.Select(section => new ClauseView(section, reader.Read(section.Get(reading.Sheet)), MayEdit ? At("/modifier/" + section.Key) : null))];
        return Page();
    }
}
