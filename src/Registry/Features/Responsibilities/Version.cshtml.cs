using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;
using Registry.Features.Conventions;
using Registry.Features.Records;

namespace Registry.Features.Responsibilities;

/// <summary>A version as it was issued.</summary>
[Requires(Function.ResponsibilityMatrix, Right.Read)]
public sealed class VersionModel(ConventionDesk desk, MatrixStore store, Visitor visitor) : PageModel
{
    public ConventionReading Reading { get; private set; } = null!;
    public MatrixVersion Version { get; private set; } = null!;
    public MatrixIssue Issue { get; private set; } = null!;

    /// <summary>The text is still the one whose hash was kept.</summary>
    public bool Holds => SheetJson.Sha256(Version.Content!) == Version.Sha256;
    public CurrentOrganisation Organisation => visitor.Organisation;
    public string Back => desk.At(Reading.Convention, "/matrice");

    public async Task<IActionResult> OnGetAsync(string convention, int issue)
    {
        if (await desk.ReadAsync(convention) is not { } reading || await store.VersionAsync(reading.Convention, issue) is not { } version) return NotFound();
        (Reading, Version, Issue) = (reading, version, MatrixIssue.Read(version.Content!));
        return Page();
    }
}
