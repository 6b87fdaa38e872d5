using Registry.Documents;
using Registry.Facts;

namespace Registry.Features.Imports;

/// <summary>
/// The CNIL's model of a register is a workbook with one sheet for each processing, read from top to bottom: the name of a field on the left, what is said on
/// its right. Laid out as one table, a line each, it goes the way of every other file.
/// </summary>
public static class CnilForm
{
    // A label of a sheet, and the heading under which what stands beside it or below it is gathered.
    private static readonly (string Label, string Heading)[] Labels =
    [
        ("nom sigle", "Nom / sigle"), ("nom du traitement", "Nom / sigle"), ("nom de l activite", "Nom / sigle"), ("n ref", "N° / REF"), ("reference", "N° / REF"), ("date de creation", "Date de création"), ("date de creation de la fiche", "Date de création"),
        ("finalite principale", "Finalité principale"), ("objectifs poursuivis", "Finalité principale"), ("sous finalite", "Sous-finalité"), ("base legale", "Base légale"), ("fondement juridique", "Base légale"),
        ("mesures de securite techniques", "Mesures de sécurité techniques"), ("mesures de securite organisationnelles", "Mesures de sécurité organisationnelles"), ("mesures de securite", "Mesures de sécurité"),
        ("categorie de personnes", "Catégories de personnes concernées"), ("categories de personnes concernees", "Catégories de personnes concernées"), ("destinataire", "Destinataires"), ("destinataires internes", "Destinataires"), ("organismes externes", "Destinataires"), ("sous traitants", "Sous-traitants"),
        ("responsable s conjoint s", "Responsable(s) conjoint(s)"), ("responsable conjoint", "Responsable(s) conjoint(s)"), ("duree de conservation", "Durée de conservation"), ("delai d effacement", "Durée de conservation"), ("service", "Service"), ("logiciel", "Logiciel"),
        ("transferts hors ue", "Transferts hors UE"), ("des donnees sont elles transmises hors de l union europeenne", "Transferts hors UE"), ("donnees sensibles", "Données sensibles"), ("informations complementaires", "Commentaire"),
    ];

    private static readonly (string Label, string Category)[] Data =
    [
        ("etat civil", "IDENTITY"), ("vie personnelle", "PERSONAL_LIFE"), ("vie professionnelle", "PROFESSIONAL"), ("informations d ordre economique", "ECONOMIC"), ("donnees de connexion", "CONNECTION"), ("donnees de localisation", "LOCATION"), ("internet", "CONNECTION"),
        ("autres categories de donnees", "OTHER"), ("autres donnees", "OTHER"), ("numero de securite sociale", "NIR"), ("donnees revelant l origine raciale", "RACIAL_ETHNIC"), ("donnees revelant les opinions politiques", "POLITICAL"), ("donnees revelant les convictions religieuses", "RELIGIOUS"),
        ("donnees revelant l appartenance syndicale", "TRADE_UNION"), ("donnees genetiques", "GENETIC"), ("donnees biometriques", "BIOMETRIC"), ("donnees concernant la sante", "HEALTH"), ("donnees concernant la vie sexuelle", "SEX_LIFE"), ("donnees relatives a des condamnations", "OFFENCES"),
    ];

    /// <summary>A workbook of such sheets as one table; any other as it is.</summary>
    public static ImportBook Unfold(ImportBook book, ImportTargets targets)
    {
        if (book.IsJson) return book;
        var forms = book.Tables.Where(table => IsForm(table)).ToList();
        if (forms.Count == 0) return book;
        var (heads, lines) = (new List<string> { "Feuille" }, new List<(string Name, Dictionary<string, List<string>> Said, List<SourceFault> Faults)>());
        foreach (var form in forms)
        {
            var said = Read(form);
            // The empty model is in every copy of the workbook.
            if (said.Count == 0 || !said.ContainsKey("Nom / sigle") && !said.ContainsKey("Finalité principale")) continue;
            heads.AddRange(said.Keys.Except(heads));
            lines.Add((form.Name, said, form.Faults));
        }
        if (lines.Count == 0) return book;
        var table = new SourceTable("Fiches de la CNIL", [new(1, [.. heads])], [], []);
        foreach (var (index, (name, said, faults)) in lines.Index())
        {
            table.Rows.Add(new(index + 2, [.. heads.Select((head, column) => column == 0 ? name : said.TryGetValue(head, out var texts) ? string.Join('\n', texts) : null)]));
            foreach (var fault in faults) table.Faults.Add(fault with { Row = index + 2, Column = 1 });
        }
        return new(false, [table, .. book.Tables.Except(forms)]);
    }

    private static bool IsForm(SourceTable table)
    {
        var labels = table.Rows.Take(80).Select(row => row.Cells.FirstOrDefault(cell => !string.IsNullOrWhiteSpace(cell))).Where(cell => cell is not null && Label(cell) is not null).Select(cell => Label(cell!)).Distinct().Count();
        // A list has its headings side by side; here they stand one below the other.
        return labels >= 3 && table.Rows.All(row => row.Cells.Count(cell => cell is { Length: > 0 } && Label(cell) is not null) < 3);
    }

    private static Dictionary<string, List<string>> Read(SourceTable form)
    {
        var said = new Dictionary<string, List<string>>();
        foreach (var row in form.Rows)
        {
            var cells = row.Cells.Where(cell => !string.IsNullOrWhiteSpace(cell)).Select(cell => cell!.Trim()).ToList();
            if (cells.Count < 2) continue;
            if (Data.FirstOrDefault(one => Folding.Fold(cells[0]).StartsWith(one.Label, StringComparison.Ordinal)) is { Category: { } category })
            {
                if (Folding.Fold(cells[1]) is "non" or "neant" or "aucune" or "sans objet" or "description") continue;
                Say("Catégories de données", $"{Vocabulary.Current.Find("DataCategory", category)!.French} ; Détail : {cells[1].Replace('\n', ' ').Replace(';', ',')}");
                if (cells.Count > 2) Say("Durée de conservation", cells[2]);
            }
            else if (Label(cells[0]) is { } heading && Label(cells[1]) is null)
                Say(heading, string.Join(heading is "Destinataires" or "Sous-traitants" ? ", " : "\n", cells.Skip(1).Take(heading is "Nom / sigle" or "N° / REF" or "Date de création" or "Responsable(s) conjoint(s)" ? 1 : 3)));
        }
        return said;

        void Say(string heading, string text)
        {
            if (!said.TryGetValue(heading, out var texts)) said[heading] = texts = [];
            // Nobody keeps a name twice; a retention that is said for each category is said once.
            if (!texts.Contains(text) && (texts.Count == 0 || heading is not ("Nom / sigle" or "N° / REF" or "Date de création"))) texts.Add(text);
        }
    }

    // "Sous-finalité 1", "Destinataire 2": the number tells places of the form apart.
    private static string? Label(string cell)
    {
        var folded = Folding.Fold(cell).TrimEnd(' ', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        return folded.Length is 0 or > 70 ? null : Labels.FirstOrDefault(one => folded == one.Label).Heading;
    }
}
