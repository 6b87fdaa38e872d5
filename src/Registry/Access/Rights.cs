namespace Registry.Access;

/// <summary>What the product lets people do, numbered as in domain §1.3.</summary>
public enum Function
{
    Organisations, Profile, Accounts, Appointments, DraftRecord, ReviewRecord, PublishRecord, ReadRecords, ProcessorRecord,
    Conventions, ResponsibilityMatrix, Obligations, Opinions, Recommendations, Interventions, ReportIncident, Breaches,
    BreachDecisions, Requests, IdentityEvidence, AccessRequests, Restorations, AuthorityRequests, Dpia, Audits, Meetings, Training,
    Indicators, Documents, Templates, Retention, History, PublicRegister,
}

/// <summary>Own: also those who may only on what is theirs, assigned or addressed to them; the page that asks it narrows what they touch.</summary>
public enum Right { Read, ReadOwn, Write, WriteOwn, Decide, Export }

/// <summary>
/// The rights matrix, the only place that says who may do what. W create and change, D decide or sign, R read, E export, w and r
/// the same on one's own, assigned or addressed items only, ¤ behind a letter: only with a written delegation, - nothing.
/// </summary>
public static class Rights
{
    private const string Matrix =
        """
        #                            PA  DP  AS  RP  CO  DL  CT  HD  PM  EX  AU
        F01  Organisations           W   W   -   -   -   -   -   -   -   -   -
        F02  Profile                 R   W   W   W   W   R   R   r   r   R   R
        F03  Accounts                W   w   -   -   w   -   -   -   w   -   -
        F04  Appointments            -   W   r   D   r   r   -   r   r   R   R
        F05  DraftRecord             -   W   W   R   W   -   w   -   -   -   r
        F06  ReviewRecord            -   D   D¤  -   -   -   -   -   -   -   -
        F07  PublishRecord           -   W   -   D   D¤  -   -   -   -   -   -
        F08  ReadRecords             -   RE  RE  RE  RE  -   R   -   r   -   RE
        F09  ProcessorRecord         -   W   r   R   R   -   -   -   W   -   R
        F10  Conventions             -   W   W   D   R   -   -   r   w   R   RE
        F11  ResponsibilityMatrix    -   W   W   D   R   r   r   -   Rw  -   RE
        F12  Obligations             -   W   W   R   W   -   -   w   w   -   R
        F13  Opinions                -   W   w   RD  R   -   -   -   -   r   R
        F14  Recommendations         -   W   W   D   w   -   r   -   w   r   R
        F15  Interventions           -   W   W   D   RD¤ -   -   -   -   R   R
        F16  ReportIncident          -   W   W   W   W   W   W   w   w   -   -
        F17  Breaches                -   W   W   R   W   -   r   w   w   r   R
        F18  BreachDecisions         -   w   -   D   D¤  -   -   -   -   -   -
        F19  Requests                -   W   W   D   W   -   w   w   w   r   R
        F20  IdentityEvidence        -   R   R   -   R   -   -   -   -   -   -
        F21  AccessRequests          -   R   R   R   W   W   w   w   R   -   R
        F22  Restorations            -   R   R   R   W   W   -   w   w   -   R
        F23  AuthorityRequests       -   W   W   D   R   -   -   w   w   -   R
        F24  Dpia                    -   W   W   D   W   -   w   -   w   -   R
        F25  Audits                  -   W   W   D   W   -   w   -   w   r   R
        F26  Meetings                -   W   W   R   W   -   -   -   w   R   R
        F27  Training                -   W   W   R   W   -   w   -   -   r   R
        F28  Indicators              -   R   R   R   R   -   -   w   W   R   R
        F29  Documents               -   R   R   R   R   -   r   -   r   r   R
        F30  Templates               W   W   -   -   -   -   -   -   -   -   -
        F31  Retention               -   W   -   D   -   -   -   -   -   -   R
        F32  History                 r   R   r   R   -   -   -   -   -   -   R
        F33  PublicRegister          -   W   W   D   W   -   -   -   -   -   R
        """;

    private static readonly string[,] Cells = Parse();

    /// <summary>The cell as written: tests and the help page show it.</summary>
    public static string Cell(Function function, Role role) => Cells[(int)function, (int)role];

    /// <summary>Whether the role opens the function at that level. Deciding and writing open reading.</summary>
    public static bool Allows(Function function, Right right, Role role, bool delegated = false)
    {
        var cell = Cell(function, role);
        var decides = cell.Contains("D¤", StringComparison.Ordinal) ? delegated : cell.Contains('D');
        return right switch
        {
            Right.Decide => decides,
            Right.Write => cell.Contains('W'),
            Right.WriteOwn => cell.Contains('W') || cell.Contains('w'),
            Right.Export => cell.Contains('E'),
            Right.Read => cell.AsSpan().ContainsAny('R', 'W', 'D'),
            _ => cell != "-",
        };
    }

    private static string[,] Parse()
    {
        var cells = new string[Enum.GetValues<Function>().Length, Enum.GetValues<Role>().Length];
        foreach (var line in Matrix.Split('\n').Skip(1))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var function = (int)Enum.Parse<Function>(words[1]);
            for (var column = 0; column < cells.GetLength(1); column++) cells[function, column] = words[column + 2];
        }
        return cells;
    }
}
