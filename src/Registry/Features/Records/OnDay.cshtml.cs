using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;

namespace Registry.Features.Records;

/// <summary>A version in force on a day, as the register named it then.</summary>
public sealed record InForceLine(string Reference, string? Title, string? Unit, int Version, DateTimeOffset PublishedAt, string Sha256);

/// <summary>The whole register as it stood at the end of a day, on the organisation's clock; for paper too.</summary>
[Requires(Function.ReadRecords)]
public sealed class OnDayModel(RegisterOnDay register, RecordDesk desk, Visitor visitor) : PageModel
{
    private const int MostLines = 2000;
    private const int AtATime = 200;

    [BindProperty(SupportsGet = true)]
    public DateOnly? On { get; set; }

    public CurrentOrganisation Organisation => visitor.Organisation;
    public DateOnly Day { get; private set; }
    public bool IsToday => Day == desk.Today;
    public IReadOnlyList<InForceLine> Lines { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync([FromQuery(Name = "jour")] string? day)
    {
        // What was typed in three boxes becomes an address that can be kept.
        if (On is { } typed) return Redirect($"?jour={typed.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}");
        Day = desk.Today;
        if (day is not null)
        {
            if (!DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var asked) || asked.Year < 1900) ModelState.AddModelError("On", "Indiquez une date entre 1900 et 2100.");
            else if (asked > desk.Today) ModelState.AddModelError("On", "Ce jour n’est pas encore venu : choisissez aujourd’hui ou avant.");
            else Day = asked;
        }
        if (!ModelState.IsValid) return Page();
        On = Day;
        var (before, lines) = (register.EndOf(Day), new List<InForceLine>());
        IReadOnlyList<RegisterEntry> next;
        var after = 0;
        do
        {
            next = await register.NextAsync(before, after, AtATime);
            lines.AddRange(next.Select(Line));
            after = next.Count > 0 ? next[^1].Number : after;
        }
        while (next.Count == AtATime && lines.Count < MostLines);
        Lines = lines;
        return Page();
    }

    private static InForceLine Line(RegisterEntry entry)
    {
        var sheet = SheetJson.Read(entry.Content);
        return new(ProcessingRecord.ReferenceOf(entry.Number), sheet.Identification.Title, sheet.Identification.Unit, entry.VersionNumber!.Value, entry.PublishedAt!.Value, entry.Sha256!);
    }
}
