using Registry.Features.Records;
using Registry.Features.Shared;

namespace Registry.Tests.Features.Records;

public sealed class SheetTextTests
{
    [Fact]
    public void Text_is_brought_to_one_shape()
    {
        var purposes = new PurposesSection { Purpose = "  Pre\u0301parer\r\nla rentre\u0301e\r ", SubPurposes = ["  inscrire\r\nles e\u0301le\u0300ves ", "   ", null!] };
        Assert.Empty(SheetText.Clean(purposes));
        Assert.Equal("Pr\u00e9parer\nla rentr\u00e9e", purposes.Purpose);
        Assert.Equal(["inscrire les \u00e9l\u00e8ves"], purposes.SubPurposes);
    }

    [Fact]
    public void Empty_text_becomes_no_text()
    {
        var purposes = new PurposesSection { Purpose = " \r\n " };
        Assert.Empty(SheetText.Clean(purposes));
        Assert.Null(purposes.Purpose);
    }

    [Fact]
    public void Rows_that_say_nothing_are_dropped_and_the_others_keep_their_order()
    {
        var people = new PeopleSection
        {
            DataSubjects = [new(), new() { Category = "MINORS" }, new() { Category = " ", Minors = false }, new() { Minors = true }, null!],
        };
        Assert.Empty(SheetText.Clean(people));
        Assert.Collection(people.DataSubjects, row => Assert.Equal("MINORS", row.Category), row => Assert.True(row.Minors));
    }

    [Fact]
    public void A_rule_that_has_only_its_key_is_an_empty_row_and_a_new_rule_gets_a_key_of_its_own()
    {
        var retention = new RetentionSection { Rules = [new() { Id = "r1" }, new() { Id = "r2", Scope = "Dossier" }, new() { Scope = "Journaux" }, new() { Scope = "Images" }] };
        Assert.Empty(SheetText.Clean(retention));
        Assert.Equal(["Dossier", "Journaux", "Images"], retention.Rules.Select(rule => rule.Scope));
        Assert.Equal("r2", retention.Rules[0].Id);
        Assert.Equal(3, retention.Rules.Select(rule => rule.Id).Distinct().Count());
        Assert.DoesNotContain(retention.Rules, rule => string.IsNullOrEmpty(rule.Id));
    }

    [Theory, Trait("S", "10")]
    [InlineData("a\0b")]
    [InlineData("a\u001bb")]
    [InlineData("a\u007fb")]
    [InlineData("a\u0085b")]
    public void A_hidden_character_is_refused_at_its_field(string text) => IsRefused(text);

    // Apart from the others: half a pair does not survive the way of a test's arguments.
    [Fact, Trait("S", "10")]
    public void Half_a_surrogate_pair_is_refused_at_its_field()
    {
        IsRefused("a\ud800b");
        IsRefused("a\ud800");
        IsRefused("\udc00\ud800");
    }

    private static void IsRefused(string text)
    {
        var purposes = new PurposesSection
        {
            SubPurposes = ["bien", text],
            LegalBases = [new() { Basis = "CONSENT" }, new(), new() { Basis = "PUBLIC_TASK", Reference = text }],
        };
        Assert.Equal(
            [("SubPurposes[1]", TypedText.HiddenCharacter), ("LegalBases[1].Reference", TypedText.HiddenCharacter)],
            SheetText.Clean(purposes).Select(error => (error.Path, error.Message)));
    }

    [Fact, Trait("S", "10")]
    public void Line_breaks_tabs_and_signs_outside_the_basic_plane_are_accepted()
    {
        var information = new InformationSection { RightsNotes = "un\ttab\nune ligne 𝔘" };
        Assert.Empty(SheetText.Clean(information));
        Assert.Equal("un\ttab\nune ligne 𝔘", information.RightsNotes);
    }

    [Fact, Trait("S", "10")]
    public void Lengths_lists_periods_and_numbers_are_checked_down_to_the_last_row()
    {
        var sheet = new Sheet
        {
            Identification = { Title = new string('x', 151), Domain = "COOKING", GdprRole = "PROCESSOR" },
            Purposes = { Purpose = new string('x', 501), SubPurposes = [new string('x', 201)], LegalBases = [new() { Basis = "BECAUSE" }] },
            People = { DataSubjects = [new() { Category = "USERS", ApproxCount = -1 }] },
            Sensitive = { SpecialCategories = ["HEALTH", "MOOD"] },
            Retention = { Rules = [new() { ActiveDuration = "10 ans" }] },
            Transfers = { Transfers = [new() { Country = "XX" }] },
            Dpia = { DecidedOn = new DateOnly(1899, 12, 31) },
            Publication = { ReviewEveryMonths = 0 },
        };
        var errors = SheetText.Clean(sheet);
        Assert.Equal(
            [
                "Identification.Title", "Identification.Domain", "Identification.GdprRole", "Purposes.Purpose", "Purposes.SubPurposes",
                "Purposes.LegalBases[0].Basis", "People.DataSubjects[0].ApproxCount", "Sensitive.SpecialCategories", "Retention.Rules[0].ActiveDuration",
                "Transfers.Transfers[0].Country", "Dpia.DecidedOn", "Publication.ReviewEveryMonths",
            ],
            errors.Select(error => error.Path));
        Assert.Equal("La finalité ne peut pas dépasser 500 caractères.", errors[3].Message);
        Assert.Equal("Une ligne ne peut pas dépasser 200 caractères.", errors[4].Message);
        Assert.Equal("Choisissez une valeur de la liste.", errors[5].Message);
        Assert.Equal("Indiquez un nombre de mois entre 1 et 60.", errors[^1].Message);
    }

    [Fact]
    public void A_list_without_measure_is_refused_as_a_whole()
    {
        var purposes = new PurposesSection { SubPurposes = [.. Enumerable.Range(0, 201).Select(number => $"n° {number}")] };
        Assert.Equal(("SubPurposes", "Cette liste ne peut pas dépasser 200 lignes."), Assert.Single(SheetText.Clean(purposes)) is var error ? (error.Path, error.Message) : default);
        purposes.SubPurposes.RemoveAt(0);
        Assert.Empty(SheetText.Clean(purposes));
    }

    [Fact]
    public void Every_check_of_a_field_has_its_own_French_words()
    {
        Assert.DoesNotContain(null, SheetText.AllMessageKeys);
        Assert.Contains("Choisissez un pays de la liste.", SheetText.AllMessageKeys);
        Assert.Contains("La finalité ne peut pas dépasser {1} caractères.", SheetText.AllMessageKeys);
    }

    [Fact]
    public void An_empty_form_is_a_valid_draft()
    {
        var sheet = new Sheet();
        Assert.Empty(SheetText.Clean(sheet));
        Assert.Equal("{}", SheetJson.Canonical(sheet));
    }
}
