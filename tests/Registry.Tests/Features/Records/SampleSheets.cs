using System.Collections;
using System.Reflection;
using Registry.Facts;
using Registry.Features.Records;

namespace Registry.Tests.Features.Records;

/// <summary>Sheets for tests: one drawn at random from every field that exists, one completed as a conscientious person would.</summary>
internal static class SampleSheets
{
    private static readonly string[] Texts = ["", "a", "Délibération n° 2024-06-12", "ligne une\nligne deux", "« guillemets » \"droits\"", "𝔘nicode é ﬁ", "<b>&amp;</b>", "0"];

    public static Sheet Random(int seed)
    {
        var random = new Random(seed);
        var sheet = new Sheet();
        foreach (var section in SheetSections.All) Fill(section.Get(sheet), random);
        foreach (var (index, rule) in sheet.Retention.Rules.Index()) rule.Id = $"r{index + 1}";
        return sheet;
    }

    /// <summary>Everything that a person has to add to a sheet of the library, and nothing that the library already says.</summary>
    public static Sheet Completed(RecordModel model)
    {
        var sheet = model.ToSheet();
        sheet.Identification.Owner = "responsable du service";
        foreach (var measure in sheet.Security.Measures) measure.Status = "IN_PLACE";
        foreach (var basis in sheet.Purposes.LegalBases.Where(basis => string.IsNullOrEmpty(basis.Reference))) basis.Reference = "délibération n° 2024-06-12";
        if (sheet.Purposes.LegalBases.Exists(basis => basis.Basis == "CONSENT"))
        {
            sheet.Purposes.ConsentMeans = "case à cocher du formulaire";
            sheet.Purposes.WithdrawalMeans = "lien au bas de chaque envoi";
            if (sheet.People.HasMinors) sheet.Purposes.MinorsConsent = "case des parents";
        }
        foreach (var transfer in sheet.Transfers.Transfers.Where(transfer => transfer.Mechanism != TransfersSection.None)) transfer.Country = "US";
        if (sheet.Sensitive.OffencesPresent == true && !sheet.People.DataCategories.Exists(row => row.Category == "OFFENCES"))
            sheet.People.DataCategories.Add(new() { Category = "OFFENCES", Detail = "infraction à l’origine", Source = "INTERNAL", RetentionRule = "r1" });
        sheet.Information.NoticeReference = "Mention affichée à l’accueil";
        sheet.Dpia.Conclusion = model.ProposedDpiaConclusion;
        sheet.Dpia.DecidedOn = new DateOnly(2026, 6, 11);
        if (sheet.Dpia.Required) sheet.Dpia.DpiaStatus = "VALIDATED";
        return sheet;
    }

    public static PublicationContext Appointed { get; } = new() { HasDpo = true, HasRepresentative = true, HasSiren = true };

    private static void Fill(object part, Random random)
    {
        // A link goes with the name beside it and is no content of its own: KnownThingsTests look at it.
        foreach (var field in SheetText.Fields(part.GetType()).Where(field => !field.IsDefined(typeof(LinkAttribute))))
        {
            if (SheetLabels.RowType(field.PropertyType) is { } type)
            {
                var rows = (IList)field.GetValue(part)!;
                for (var count = random.Next(4); count > 0; count--)
                {
                    var row = Activator.CreateInstance(type)!;
                    Fill(row, random);
                    rows.Add(row);
                }
            }
            else field.SetValue(part, Value(field, random));
        }
    }

    private static object? Value(PropertyInfo field, Random random)
    {
        if (field.PropertyType == typeof(bool)) return random.Next(2) == 0;
        if (field.PropertyType == typeof(List<string>)) return Enumerable.Range(0, random.Next(4)).Select(_ => Text(field, random)).Where(text => text.Length > 0).Distinct().ToList();
        if (random.Next(3) == 0) return null;
        if (field.PropertyType == typeof(bool?)) return random.Next(2) == 0;
        if (field.PropertyType == typeof(int?)) return random.Next(1, 60);
        if (field.PropertyType == typeof(DateOnly?)) return new DateOnly(2020, 1, 1).AddDays(random.Next(3000));
        if (field.PropertyType == typeof(string)) return Text(field, random);
        throw new NotSupportedException($"{field.Name} is of a kind this generator does not know: teach it.");
    }

    private static string Text(PropertyInfo field, Random random) =>
        field.GetCustomAttribute<VocabularyAttribute>() is { } list ? Pick(list.Codes.Count > 0 ? list.Codes : [.. Vocabulary.Current.Terms(list.Enumeration).Select(term => term.Code)], random)
        : field.GetCustomAttribute<OneOfAttribute>() is { } few ? Pick(few.Codes, random)
        : field.IsDefined(typeof(PeriodAttribute)) ? Pick(["P1Y", "P6M", "P1Y6M", "P30D", "P2W"], random)
        : field.IsDefined(typeof(CountryAttribute)) ? Pick(Countries.Codes, random)
        : Pick(Texts, random);

    private static string Pick(IReadOnlyList<string> values, Random random) => values[random.Next(values.Count)];
}
