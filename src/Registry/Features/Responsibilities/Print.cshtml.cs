using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;
using Registry.Features.Conventions;

namespace Registry.Features.Responsibilities;

/// <summary>The annex on paper (domain §4, DOC_RESPONSIBILITY_MATRIX): matrix, parties, legend; as it is written, or one of its versions.</summary>
[Requires(Function.ResponsibilityMatrix, Right.Read)]
public sealed class PrintModel(ConventionDesk desk, MatrixStore store, Visitor visitor) : PageModel
{
    public ConventionReading Reading { get; private set; } = null!;
    public MatrixIssue Issue { get; private set; } = null!;
    public MatrixVersion? Version { get; private set; }
    public CurrentOrganisation Organisation => visitor.Organisation;
    public string Back => desk.At(Reading.Convention, "/matrice");

    public async Task<IActionResult> OnGetAsync(string convention, int? version)
    {
        if (await desk.ReadAsync(convention) is not { } reading) return NotFound();
        Reading = reading;
        if (version is { } number)
        {
            if (await store.VersionAsync(reading.Convention, number) is not { } issued) return NotFound();
            (Version, Issue) = (issued, MatrixIssue.Read(issued.Content!));
            return Page();
        }
        var (kept, _) = await store.FindAsync(reading.Convention);
        if (kept is null) return NotFound();
        Issue = new([.. MatrixParty.Of(reading.Sheet.Parties)], kept.Read());
        return Page();
    }
}
