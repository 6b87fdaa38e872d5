namespace Registry.Features.Responsibilities;

/// <summary>What one party must do in one domain.</summary>
public sealed record Duty(MatrixParty Party, string? Text, IReadOnlyList<string> Codes)
{
    public bool Has(string code) => Codes.Contains(code);
}

/// <summary>
/// Who must do what in a domain, answered from a matrix: who is alerted and in which order, who decides, who acts, who assists. Where the matrix is silent
/// (or there is none) the law answers: the controller decides and does, the processor assists (GDPR 28(3), 33(2)).
/// </summary>
public sealed record Duties(string Domain, IReadOnlyList<Duty> All, bool FromLaw)
{
    public const string Breach = "DATA_BREACH";
    public const string Rights = "DATA_SUBJECT_RIGHTS";

    public IReadOnlyList<Duty> Decide => [.. All.Where(duty => duty.Has("A"))];
    public IReadOnlyList<Duty> Act => [.. All.Where(duty => duty.Has("R"))];
    public IReadOnlyList<Duty> Assist => [.. All.Where(duty => duty.Has("S"))];
    public IReadOnlyList<Duty> Consulted => [.. All.Where(duty => duty.Has("C"))];

    /// <summary>Those with a part in it, first who decides, then who does, assists, is consulted, is informed; among equals the controller first.</summary>
    public IReadOnlyList<Duty> Alerted => [.. All.Where(duty => duty.Codes.Count > 0).OrderBy(Rank).ThenBy(duty => duty.Party.Controls ? 0 : 1)];

    public Duty? First => Alerted.Count > 0 ? Alerted[0] : null;

    public static Duties Of(MatrixIssue issue, string domain)
    {
        var rows = issue.Matrix.Rows.Where(row => row.Code == domain && MatrixRules.IsAnswered(row, issue.Parties)).ToList();
        if (rows.Count == 0) return ByLaw(issue.Parties, domain);
        return new(domain, [.. issue.Parties.Select(party => Together(party, rows))], FromLaw: false);
    }

    public static Duties ByLaw(IReadOnlyList<MatrixParty> parties, string domain) =>
        new(domain, [.. parties.Select(party => new Duty(party, null, party.Controls ? ["A", "R"] : party.Processes ? ["S"] : []))], FromLaw: true);

    /// <summary>Two rows of one domain add up.</summary>
    private static Duty Together(MatrixParty party, IEnumerable<MatrixRow> rows)
    {
        var cells = rows.Select(row => row.Of(party)).OfType<MatrixCell>().ToList();
        var text = string.Join("\n\n", cells.Select(cell => cell.Text).OfType<string>());
        return new(party, text.Length > 0 ? text : null, [.. cells.SelectMany(cell => cell.Codes).Distinct()]);
    }

    private static int Rank(Duty duty) => duty.Has("A") ? 0 : duty.Has("R") ? 1 : duty.Has("S") ? 2 : duty.Has("C") ? 3 : 4;
}
