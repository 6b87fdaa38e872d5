using Registry.Features.Shared;

namespace Registry.Features.Responsibilities;

/// <summary>Something to look at in a row. The words are a message key: {0} is the row, {1} the party.</summary>
/// <param name="Blocks">The matrix cannot be issued with it.</param>
public sealed record MatrixWarning(string RowKey, string MessageKey, string Row, string Party = "", bool Blocks = false);

/// <summary>What a matrix must say (domain §2.5), and what the roles under the GDPR do not let it say.</summary>
public static class MatrixRules
{
    private const string NobodyAnswers = "« {0} » : personne n’en répond. Une cellule doit décider (A), ou toutes réaliser (R).";
    private const string ProcessorDecides = "« {0} » : {1} est sous-traitant et ne décide pas (A) à la place du responsable de traitement.";
    private const string ControllerSilent = "« {0} » : le RGPD en charge le responsable de traitement, et aucun ne décide (A) ici.";
    private const string ProcessorMustAlert = "« {0} » : {1} est sous-traitant et doit alerter et assister (R ou S) : RGPD, article 33, paragraphe 2.";
    private const string ProcessorMustAssist = "« {0} » : {1} est sous-traitant et doit assister (R ou S) : RGPD, article 28, paragraphe 3.";
    private const string LostParty = "« {0} » : {1} n’est plus partie à la convention. Son texte est gardé ; reportez-le puis corrigez la ligne.";

    public static IReadOnlyList<string> AllMessageKeys { get; } =
        [Languages.Key(NobodyAnswers), Languages.Key(ProcessorDecides), Languages.Key(ControllerSilent), Languages.Key(ProcessorMustAlert), Languages.Key(ProcessorMustAssist), Languages.Key(LostParty)];

    /// <summary>What the GDPR gives to the controller whatever a convention says: articles 5(2), 4(7), 33, 12 to 22, 35.</summary>
    private static readonly string[] OfTheController = ["PRIVACY_GOVERNANCE", "ONLINE_SERVICE_DATA", "DATA_BREACH", "DATA_SUBJECT_RIGHTS", "COMPLIANCE_WORK"];

    public static IReadOnlyList<MatrixWarning> Warnings(MatrixSheet matrix, IReadOnlyList<MatrixParty> parties) => [.. matrix.Rows.SelectMany(row => Warnings(row, parties))];

    public static bool IsAnswered(MatrixRow row, IReadOnlyList<MatrixParty> parties) =>
        parties.Any(party => Has(row, party, "A")) || (parties.Count > 0 && parties.All(party => Has(row, party, "R")));

    private static IEnumerable<MatrixWarning> Warnings(MatrixRow row, IReadOnlyList<MatrixParty> parties)
    {
        if (!IsAnswered(row, parties)) yield return new(row.Key, NobodyAnswers, row.Name, Blocks: true);
        else if (OfTheController.Contains(row.Code) && parties.Any(party => party.Controls) && !parties.Any(party => party.Controls && Has(row, party, "A")))
            yield return new(row.Key, ControllerSilent, row.Name);
        foreach (var party in parties.Where(party => party.Processes))
        {
            if (Has(row, party, "A")) yield return new(row.Key, ProcessorDecides, row.Name, party.Called);
            if (Has(row, party, "R") || Has(row, party, "S")) continue;
            if (row.Code == "DATA_BREACH") yield return new(row.Key, ProcessorMustAlert, row.Name, party.Called);
            if (row.Code == "DATA_SUBJECT_RIGHTS") yield return new(row.Key, ProcessorMustAssist, row.Name, party.Called);
        }
        foreach (var cell in row.Cells.Where(cell => cell.Says && !parties.Any(party => party.Is(cell.Party)))) yield return new(row.Key, LostParty, row.Name, cell.Party ?? "");
    }

    private static bool Has(MatrixRow row, MatrixParty party, string code) => row.Of(party)?.Codes.Contains(code) == true;
}
