using FsCheck;
using FsCheck.Fluent;
using Registry.Features.Records;

namespace Registry.Tests.Features.Records;

public sealed class SheetDifferencesTests
{
    private static (Sheet Older, Sheet Newer) Two(Action<Sheet> change)
    {
        var older = RecordModels.Find("MEDIATHEQUE")!.ToSheet();
        var newer = older.Copy();
        change(newer);
        return (older, newer);
    }

    private static SheetDifference Only(Action<Sheet> change)
    {
        var (older, newer) = Two(change);
        return Assert.Single(SheetDifferences.Compare(older, newer));
    }

    [Fact]
    public void There_is_a_difference_exactly_when_the_canonical_texts_differ() =>
        Prop.ForAll<int, int>((first, second) =>
        {
            // Small seeds meet often: both equal and different pairs are drawn.
            var older = SampleSheets.Random(Math.Abs(first % 4));
            var newer = SampleSheets.Random(Math.Abs(second % 4));
            Assert.Equal(SheetJson.Canonical(older) == SheetJson.Canonical(newer), SheetDifferences.Compare(older, newer).Count == 0);
            Assert.Empty(SheetDifferences.Compare(older, older.Copy()));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Changing_any_single_field_is_seen_in_its_section()
    {
        foreach (var section in SheetSections.All)
        {
            foreach (var field in SheetText.Fields(section.Type))
            {
                for (var seed = 0; seed < 12; seed++)
                {
                    var (older, newer) = (SampleSheets.Random(seed), SampleSheets.Random(seed));
                    field.SetValue(section.Get(newer), field.GetValue(section.Get(SampleSheets.Random(seed + 100))));
                    var differences = SheetDifferences.Compare(older, newer);
                    Assert.Equal(SheetJson.Canonical(older) != SheetJson.Canonical(newer), differences.Count > 0);
                    Assert.All(differences, difference => Assert.Equal((section.Key, true), (difference.SectionKey, difference.Path.StartsWith(field.Name, StringComparison.Ordinal))));
                }
            }
        }
    }

    [Fact]
    public void A_text_shows_what_it_was_and_what_it_is() =>
        Assert.Equal(
            new SheetDifference("identification", "Unit", "Service", null, "Médiathèque", "Bibliothèque"),
            Only(sheet => sheet.Identification.Unit = "Bibliothèque"));

    [Fact]
    public void Codes_periods_answers_and_dates_are_said_in_words()
    {
        Assert.Equal(("1 an", "1 an 6 mois"), Values(sheet => sheet.Retention.Rules[0].ActiveDuration = "P1Y6M"));
        Assert.Equal(("Non", "Oui"), Values(sheet => sheet.Sensitive.NirUsed = true));
        Assert.Equal((null, "11 juin 2026"), Values(sheet => sheet.Dpia.DecidedOn = new DateOnly(2026, 6, 11)));
        Assert.Equal(("Publiée", "Masquée"), Values(sheet => sheet.Publication.PublicVisibility = "HIDDEN"));
        Assert.Equal(("Prévue", "En place"), Values(sheet => sheet.Security.Measures[3].Status = "IN_PLACE"));

        (string?, string?) Values(Action<Sheet> change) => Only(change) is var difference ? (difference.Old, difference.New) : default;
    }

    [Fact]
    public void A_row_is_named_and_its_changed_field_told() =>
        Assert.Equal(
            new SheetDifference("personnes", "DataCategories[1].RetentionRule", "Conservation", "Coordonnées", "Fiche lecteur", "Détail des prêts"),
            Only(sheet => sheet.People.DataCategories[1].RetentionRule = sheet.Retention.Rules[1].Id));

    [Fact]
    public void A_row_put_first_is_one_addition_and_a_row_taken_out_one_removal()
    {
        var added = Only(sheet => sheet.Recipients.Recipients.Insert(0, new RecipientRow { Kind = "ELECTED", Label = "adjointe à la culture" }));
        Assert.Equal(("Recipients[0]", "Destinataires", null, "Élus compétents, adjointe à la culture"), (added.Path, added.LabelKey, added.Old, added.New));
        var removed = Only(sheet => sheet.Retention.Rules.RemoveAt(1));
        Assert.Equal(("Rules[1]", null), (removed.Path, removed.New));
        Assert.StartsWith("Détail des prêts", removed.Old);
    }

    [Fact]
    public void A_duration_keeps_its_identity_when_it_is_renamed() =>
        Assert.Equal(
            new SheetDifference("conservation", "Rules[0].Scope", "Données ou documents visés", "Carte de lecteur", "Fiche lecteur", "Carte de lecteur"),
            Only(sheet => sheet.Retention.Rules[0].Scope = "Carte de lecteur"));

    [Fact]
    public void A_link_set_or_gone_under_the_same_name_is_no_difference_and_a_linked_row_keeps_its_identity()
    {
        var (older, newer) = Two(sheet => sheet.Processors.Systems.Add(new() { Name = "Berger", Hosting = "FRANCE", SystemId = "un" }));
        older.Processors.Systems.Add(new() { Name = "Berger", Hosting = "FRANCE" });
        Assert.Empty(SheetDifferences.Compare(older, newer));
        Assert.Empty(SheetDifferences.Compare(newer, older));
        older.Processors.Systems[0].SystemId = "un";
        older.Processors.Systems[0].Name = "Ancien";
        Assert.Equal(("Systems[0].Name", "Ancien", "Berger"), SheetDifferences.Compare(older, newer) is [var only] ? (only.Path, only.Old, only.New) : default);
    }

    [Fact]
    public void Of_a_list_of_texts_only_what_came_and_went_is_told()
    {
        var difference = Only(sheet => sheet.Purposes.SubPurposes[0] = "accueillir");
        Assert.Equal(("Sous-finalités", "accueillir"), (difference.LabelKey, difference.New));
        Assert.DoesNotContain(";", difference.Old);
    }

    [Fact]
    public void A_changed_order_is_a_difference()
    {
        var lines = Only(sheet => sheet.Purposes.SubPurposes.Reverse());
        Assert.NotEqual(lines.Old, lines.New);
        var rows = Only(sheet => sheet.Retention.Rules.Reverse());
        Assert.Equal(("Rules", "Fiche lecteur ; Détail des prêts"), (rows.Path, rows.Old?[..32]));
    }

    [Fact]
    public void The_sections_that_differ_are_named()
    {
        var (older, newer) = Two(sheet => (sheet.Purposes.Purpose, sheet.Dpia.Reason) = ("autre", "autre"));
        Assert.Equal(["aipd", "finalites"], SheetDifferences.ChangedSections(older, newer).Order());
    }

    [Fact]
    public void Words_removed_and_added_are_shown_in_place()
    {
        var segments = WordDifference.Compare(
            "Gérer les prêts, les réservations et le portail de la médiathèque.",
            "Gérer les prêts, les réservations, le portail et les animations de la médiathèque.");
        Assert.Equal(
            "Gérer les prêts, les réservations[- et]{+,} le portail{+ et les animations} de la médiathèque.",
            string.Concat(segments.Select(segment => segment.Kind switch { Segment.Removed => $"[-{segment.Text}]", Segment.Added => $"{{+{segment.Text}}}", _ => segment.Text })));
    }

    [Fact]
    public void The_segments_always_give_back_both_texts()
    {
        Prop.ForAll<string, string>((older, newer) => GivesBack(older ?? "", newer ?? "")).QuickCheckThrowOnFailure();
        Prop.ForAll<int, int>((first, second) => GivesBack(Words(first), Words(second))).QuickCheckThrowOnFailure();
        // Longer than the table of runs allows: replaced as a whole, and quickly.
        GivesBack(string.Join(' ', Enumerable.Range(0, 9_000)), string.Join(' ', Enumerable.Range(1, 9_000).Reverse()));

        static string Words(int seed) => string.Join(' ', Enumerable.Range(0, Math.Abs(seed % 20)).Select(index => "un deux trois quatre".Split(' ')[Math.Abs((seed + index * index) % 4)]));

        static void GivesBack(string older, string newer)
        {
            var segments = WordDifference.Compare(older, newer);
            Assert.Equal(older, string.Concat(segments.Where(segment => segment.Kind != Segment.Added).Select(segment => segment.Text)));
            Assert.Equal(newer, string.Concat(segments.Where(segment => segment.Kind != Segment.Removed).Select(segment => segment.Text)));
        }
    }
}
