using Registry.Features.Records;

namespace Registry.Demo;

/// <summary>One sheet as the benchmark copies it many times: its text, the frozen text with its hash, and the columns beside them.</summary>
internal sealed record BenchSheet(
    string Model, string Title, string? Domain, string? Unit, string Json, string Canonical, string Sha256, int Completeness, bool Sensitive, bool Minors, bool DpiaDue);

/// <summary>Every model of the library, once as it comes and once completed, for each of the names a service may have: the real shape and length of sheets.</summary>
internal static class BenchSheets
{
    private static readonly string[] Places = ["mairie", "annexe", "pôle famille", "pôle technique"];

    private static readonly PublicationContext Context = new() { HasDpo = true, HasRepresentative = true, HasSiren = true };

    /// <summary>By model, then by variant; completed ones can be published.</summary>
    public static IReadOnlyList<(BenchSheet[] Begun, BenchSheet[] Complete)> Make() =>
        [.. RecordModels.All.Select(model => (Variants(model, complete: false), Variants(model, complete: true)))];

    private static BenchSheet[] Variants(RecordModel model, bool complete) =>
        [.. Places.Select((place, index) =>
        {
            var sheet = model.ToSheet();
            if (index > 0) sheet.Identification.Title += $" ({place})";
            if (index > 0) sheet.Identification.Unit += $", {place}";
            if (complete) DemoRegisters.Complete(sheet, model);
            sheet.Stamp = null;
            var canonical = SheetJson.Canonical(sheet);
            return new BenchSheet(model.Code, sheet.Identification.Title!, sheet.Identification.Domain, sheet.Identification.Unit, SheetJson.Write(sheet), canonical,
                SheetJson.Sha256(canonical), PublicationRules.Judge(sheet, Context).Percent,
                sheet.Sensitive.SpecialPresent == true || sheet.Sensitive.OffencesPresent == true || sheet.Sensitive.NirUsed == true,
                sheet.People.DataSubjects.Any(row => row.Minors || row.Category == "MINORS"), sheet.Dpia.Missing);
        })];
}
