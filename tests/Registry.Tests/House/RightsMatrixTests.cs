using Registry.Access;

namespace Registry.Tests.House;

public sealed class RightsMatrixTests
{
    /// <summary>
    /// The table of domain §1.3 in the notation of <see cref="Rights"/>: its words in a cell ("w own units", "R counts") fall to the letter, since the page
    /// that asks narrows them. "propose" and "counts" alone are w and r. The column of citizens, who have no account, is left out.
    /// </summary>
    private const string Domain =
        """
        F01 | W W - - - - - - - - -
        F02 | R W W W W R R r r R R
        F03 | W w - - w - - - w - -
        F04 | - W r D r r - r r R R
        F05 | - W W R W - w - - - r
        F06 | - D D¤ - - - - - - - -
        F07 | - W - D D¤ - - - - - -
        F08 | - RE RE RE RE - R - r - RE
        F09 | - W r R R - - - W - R
        F10 | - W W D R - - r w R RE
        F11 | - W W D R r r - Rw - RE
        F12 | - W W R W - - w w - R
        F13 | - W w RD R - - - - r R
        F14 | - W W D w - r - w r R
        F15 | - W W D RD¤ - - - - R R
        F16 | - W W W W W W w w - -
        F17 | - W W R W - r w w r R
        F18 | - w - D D¤ - - - - - -
        F19 | - W W D W - w w w r R
        F20 | - R R - R - - - - - -
        F21 | - R R R W W w w R - R
        F22 | - R R R W W - w w - R
        F23 | - W W D R - - w w - R
        F24 | - W W D W - w - w - R
        F25 | - W W D W - w - w r R
        F26 | - W W R W - - - w R R
        F27 | - W W R W - w - - r R
        F28 | - R R R R - - w W R R
        F29 | - R R R R - r - r r R
        F30 | W W - - - - - - - - -
        F31 | - W - D - - - - - - R
        F32 | r R r R - - - - - - R
        F33 | - W W D W - - - - - R
        """;

    public static TheoryData<string> Lines => [.. Domain.Split('\n')];

    [Theory, MemberData(nameof(Lines))]
    [Trait("S", "1")]
    public void A_line_of_the_matrix_is_that_of_the_domain(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var function = (Function)(int.Parse(words[0][1..]) - 1);
        Assert.Equal(words[2..], Enum.GetValues<Role>().Select(role => Rights.Cell(function, role)));
    }

    [Fact]
    public void Every_function_has_its_line() => Assert.Equal(Enum.GetValues<Function>().Length, Lines.Count);

    [Theory]
    [InlineData(Function.PublishRecord, Right.Decide, Role.Correspondent, false, false)]
    [InlineData(Function.PublishRecord, Right.Decide, Role.Correspondent, true, true)]
    [InlineData(Function.PublishRecord, Right.Decide, Role.ControllerRep, false, true)]
    [InlineData(Function.PublishRecord, Right.Decide, Role.Dpo, true, false)]
    [InlineData(Function.DraftRecord, Right.Write, Role.Contributor, false, false)]
    [InlineData(Function.DraftRecord, Right.WriteOwn, Role.Contributor, false, true)]
    [InlineData(Function.ReadRecords, Right.Read, Role.ProcessorManager, false, false)]
    [InlineData(Function.ReadRecords, Right.ReadOwn, Role.ProcessorManager, false, true)]
    [InlineData(Function.ReadRecords, Right.Export, Role.Auditor, false, true)]
    [InlineData(Function.ReadRecords, Right.Export, Role.Contributor, false, false)]
    [InlineData(Function.ReadRecords, Right.ReadOwn, Role.PlatformAdmin, false, false)]
    [InlineData(Function.History, Right.Read, Role.PlatformAdmin, false, false)]
    public void A_letter_opens_what_it_says(Function function, Right right, Role role, bool delegated, bool opens) =>
        Assert.Equal(opens, Rights.Allows(function, right, role, delegated));
}
