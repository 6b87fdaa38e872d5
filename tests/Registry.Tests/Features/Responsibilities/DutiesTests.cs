using Registry.Features.Responsibilities;
using Registry.Features.Shared;

namespace Registry.Tests.Features.Responsibilities;

/// <summary>What a matrix answers: who is alerted, who decides, who assists; and what it must not say.</summary>
public sealed class DutiesTests
{
    private static readonly MatrixParty Provider = new("Communauté de test", "Communauté de test", "PROVIDER", "PROCESSOR", null);
    private static readonly MatrixParty Town = new("Commune de test", "Commune de test", "BENEFICIARY", "CONTROLLER", null);
    private static readonly MatrixParty[] Both = [Provider, Town];

    private static MatrixSheet Model(Action<MatrixRow>? breach = null)
    {
        var matrix = MatrixModel.For(Both);
        breach?.Invoke(matrix.Find(Duties.Breach)!);
        return matrix;
    }

    private static string[] Keys(MatrixSheet matrix) => [.. MatrixRules.Warnings(matrix, Both).Select(warning => warning.MessageKey)];

    [Fact]
    public void In_a_breach_the_controller_is_alerted_first_and_decides_and_the_processor_assists()
    {
        var duties = Duties.Of(new([.. Both], Model()), Duties.Breach);
        Assert.False(duties.FromLaw);
        Assert.Equal([Town, Provider], duties.Alerted.Select(duty => duty.Party));
        Assert.Equal(Town, Assert.Single(duties.Decide).Party);
        Assert.Equal(Provider, Assert.Single(duties.Assist).Party);
        Assert.Equal(2, duties.Act.Count);
        Assert.Contains("registre", duties.First!.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void For_a_right_the_processor_helps_and_the_controller_answers()
    {
        var duties = Duties.Of(new([.. Both], Model()), Duties.Rights);
        Assert.Equal(Provider, Assert.Single(duties.Assist).Party);
        Assert.Equal(Town, Assert.Single(duties.Decide).Party);
    }

    [Fact]
    public void The_order_of_the_alert_is_decide_do_assist_advise_hear()
    {
        MatrixParty Party(string name) => new(name, name, null, "THIRD_PARTY", null);
        MatrixParty[] parties = [Party("I"), Party("C"), Party("S"), Party("R"), Party("A"), Party("rien")];
        var row = new MatrixRow { Key = "x", Code = Duties.Breach, Label = "Violation", Cells = [.. parties.Select(party => new MatrixCell { Party = party.Name, Codes = party.Name.Length == 1 ? [party.Name] : [] })] };
        var duties = Duties.Of(new([.. parties], new() { Rows = [row] }), Duties.Breach);
        Assert.Equal(["A", "R", "S", "C", "I"], duties.Alerted.Select(duty => duty.Party.Name));
    }

    [Fact]
    public void Where_the_matrix_is_silent_the_law_answers()
    {
        foreach (var matrix in new[] { new MatrixSheet(), Model(row => row.Cells.ForEach(cell => cell.Codes = ["I"])) })
        {
            var duties = Duties.Of(new([.. Both], matrix), Duties.Breach);
            Assert.True(duties.FromLaw);
            Assert.Equal(Town, duties.First!.Party);
            Assert.Equal(Provider, Assert.Single(duties.Assist).Party);
        }
    }

    [Fact]
    public void The_model_as_it_was_signed_needs_no_warning() => Assert.Empty(Keys(Model()));

    [Fact]
    public void A_row_that_nobody_answers_for_is_said_and_stops_a_version()
    {
        var matrix = Model(row => row.Of(Town)!.Codes = ["C"]);
        var warning = Assert.Single(MatrixRules.Warnings(matrix, Both), one => one.Blocks);
        Assert.StartsWith("« {0} » : personne n’en répond", warning.MessageKey, StringComparison.Ordinal);
        Assert.Equal(Duties.Breach, warning.RowKey);
        // Every cell doing is as good as one deciding.
        Assert.DoesNotContain(MatrixRules.Warnings(Model(row => row.Cells.ForEach(cell => cell.Codes = ["R"])), Both), one => one.Blocks);
    }

    [Theory]
    [InlineData(Duties.Breach, "A R", "I", "ne décide pas")]
    [InlineData(Duties.Breach, "A", "R", "aucun ne décide")]
    [InlineData(Duties.Breach, "I", "A", "doit alerter")]
    [InlineData(Duties.Rights, "", "A R", "doit assister")]
    [InlineData("AUDITS", "A", "R", "ne décide pas")]
    public void A_cell_against_the_roles_of_the_convention_is_said(string domain, string provider, string town, string said)
    {
        var matrix = Model();
        matrix.Find(domain)!.Of(Provider)!.Codes = [.. provider.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        matrix.Find(domain)!.Of(Town)!.Codes = [.. town.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        Assert.Contains(Keys(matrix), key => key.Contains(said, StringComparison.Ordinal));
    }

    [Fact]
    public void A_party_that_left_the_convention_keeps_its_text_with_a_warning()
    {
        var warnings = MatrixRules.Warnings(Model(), [Town]);
        Assert.Equal(12, warnings.Count(warning => warning.Party == Provider.Name));
    }

    [Fact]
    public void A_version_is_read_as_it_was_written()
    {
        var issue = new MatrixIssue([.. Both], Model());
        var (french, english) = (Languages.InFrench(issue.Write), "");
        var culture = System.Globalization.CultureInfo.CurrentUICulture;
        try
        {
            System.Globalization.CultureInfo.CurrentUICulture = new("en");
            english = issue.Write();
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentUICulture = culture;
        }
        Assert.Equal(french, english);
        Assert.Equal(french, MatrixIssue.Read(french).Write());
    }
}
