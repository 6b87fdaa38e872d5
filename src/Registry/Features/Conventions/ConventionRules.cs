using Registry.Features.Shared;

namespace Registry.Features.Conventions;

/// <summary>What the fields of one part cannot say together, by the path of the field (a message key).</summary>
public static class ConventionRules
{
    private const string EndBeforeStart = "La fin est avant le début.";
    private const string Twice = "Ce code sert déjà plus haut : chaque ligne a le sien.";
    private const string CodeMissing = "Donnez un code à cette ligne : les preuves s’y rattachent.";
    private const string RenewalMissing = "La reconduction est tacite : indiquez combien de mois elle dure.";
    private const string FirmMissing = "La durée ferme est d’un mois au moins.";
    private const string MaximumTooShort = "La durée totale est plus courte que la durée ferme.";
    private const string NameMissing = "Nommez cette partie.";
    private const string RoleMissing = "Choisissez le rôle de cette partie.";
    private const string IndexOutOfRange = "Une part s’écrit entre 0 et 100, comme 0,125.";

    public static IReadOnlyList<string> AllMessageKeys { get; } =
        [EndBeforeStart, Twice, CodeMissing, RenewalMissing, FirmMissing, MaximumTooShort, NameMissing, RoleMissing, IndexOutOfRange];

    public static IEnumerable<(string Path, string Key)> Faults(object part) => part switch
    {
        ConventionParties parties => Parties(parties),
        ConventionEffect duration => Duration(duration),
        ConventionPrices prices => Prices(prices),
        ConventionRevision revision => Revision(revision),
        ConventionSecurity security => security.Controls.Select((row, index) => (row, index)).Where(one => one.row.ValidUntil < one.row.AttestedOn).Select(one => ($"Controls[{one.index}].ValidUntil", EndBeforeStart)),
        ConventionServices services => services.OrderForms.Select((row, index) => (row, index)).Where(one => one.row.EndsOn < one.row.OrderedOn).Select(one => ($"OrderForms[{one.index}].EndsOn", EndBeforeStart)),
        ConventionObligations obligations => Codes(obligations.Obligations.ConvertAll(row => row.Code), "Obligations", required: true),
        _ => [],
    };

    private static IEnumerable<(string, string)> Parties(ConventionParties parties)
    {
        for (var index = 0; index < parties.Parties.Count; index++)
        {
            if (parties.Parties[index].Name is null) yield return ($"Parties[{index}].Name", NameMissing);
            if (parties.Parties[index].Role is null) yield return ($"Parties[{index}].Role", RoleMissing);
            if (parties.Parties[index].ReceivedByPrefectureOn < parties.Parties[index].DeliberationOn) yield return ($"Parties[{index}].ReceivedByPrefectureOn", EndBeforeStart);
        }
    }

    private static IEnumerable<(string, string)> Duration(ConventionEffect duration)
    {
        if (duration.FirmMonths < 1) yield return ("FirmMonths", FirmMissing);
        if (duration is { TacitRenewal: true, RenewalMonths: not >= 1 }) yield return ("RenewalMonths", RenewalMissing);
        if (duration.MaxTotalMonths < duration.FirmMonths) yield return ("MaxTotalMonths", MaximumTooShort);
    }

    private static IEnumerable<(string, string)> Prices(ConventionPrices prices)
    {
        for (var index = 0; index < prices.Tariffs.Count; index++)
            if (prices.Tariffs[index].ToOn < prices.Tariffs[index].FromOn) yield return ($"Tariffs[{index}].ToOn", EndBeforeStart);
        // The same code twice is a price that changed: then one of the two has ended.
        foreach (var fault in Codes([.. prices.Tariffs.Select(row => row.ToOn is null ? row.Code : null)], "Tariffs", required: false)) yield return fault;
    }

    private static IEnumerable<(string, string)> Revision(ConventionRevision revision)
    {
        if (Amounts.Read(revision.FixedPart) > 100) yield return ("FixedPart", IndexOutOfRange);
        if (Amounts.Read(revision.IndexedPart) > 100) yield return ("IndexedPart", IndexOutOfRange);
    }

    private static IEnumerable<(string, string)> Codes(List<string?> codes, string list, bool required)
    {
        for (var index = 0; index < codes.Count; index++)
        {
            if (codes[index] is null)
            {
                if (required) yield return ($"{list}[{index}].Code", CodeMissing);
            }
            else if (codes.IndexOf(codes[index]) < index) yield return ($"{list}[{index}].Code", Twice);
        }
    }
}
