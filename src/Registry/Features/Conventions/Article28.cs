using System.ComponentModel.DataAnnotations;
using Registry.Facts;
using Registry.Features.Records;

namespace Registry.Features.Conventions;

/// <summary>One of the thirteen items against the text: null where nobody looked yet.</summary>
/// <param name="Term">The item, with its words.</param>
/// <param name="Row">What was found.</param>
public sealed record Article28Line(Term Term, Article28Row? Row)
{
    public string? Status => Row?.Status;
    public bool IsMissing => Status is "MISSING";
    public bool IsPartial => Status is "PARTIAL";
}

/// <summary>What article 28 of the GDPR wants of the text between a controller and a processor (domain §2.5).</summary>
public static class Article28
{
    /// <summary>Below that the processor stands on the list of those to see to (domain §5).</summary>
    public const double Enough = 0.7;

    /// <summary>All items in the order of the law, also those that nobody checked.</summary>
    public static IReadOnlyList<Article28Line> Lines(ConventionArticle28 check) =>
        [.. Vocabulary.Current.Terms("Art28Item").Select(term => new Article28Line(term, check.Items.Find(row => row.Item == term.Code)))];

    /// <summary>Covered and half of what is partial, over what applies; null when nothing was checked. The database computes the same (app.article28_score).</summary>
    public static double? Score(ConventionArticle28 check)
    {
        var items = check.Items.Where(item => item.Status is "COVERED" or "PARTIAL" or "MISSING").ToList();
        return items.Count == 0 ? null : items.Sum(item => item.Status switch { "COVERED" => 1.0, "PARTIAL" => 0.5, _ => 0 }) / items.Count;
    }

    /// <summary>In whole percents; what is not enough never reads as enough.</summary>
    public static int Percent(double score) => Math.Min((int)Math.Round(score * 100), score < Enough ? (int)(Enough * 100) - 1 : 100);

    /// <summary>The clause to propose to the parties. It goes into a French text, so it is French whoever reads the page.</summary>
    public static string Clause(string item) => Clauses[item];

    private static readonly Dictionary<string, string> Clauses = new()
    {
        ["SUBJECT"] = "Objet du traitement. Le sous-traitant traite pour le compte du responsable de traitement les données nécessaires aux services décrits à la convention, pendant la durée de celle-ci. L’annexe « Description des traitements » fixe, pour chacun, sa nature et sa finalité, les catégories de données et les catégories de personnes concernées.",
        ["DOCUMENTED_INSTRUCTIONS"] = "Instructions documentées. Le sous-traitant ne traite les données que sur instruction documentée du responsable de traitement, y compris pour tout transfert vers un pays tiers, sauf obligation de droit de l’Union ou de droit français dont il l’informe alors avant le traitement. Chaque instruction est écrite, datée et conservée par les deux parties.",
        ["STAFF_CONFIDENTIALITY"] = "Confidentialité. Le sous-traitant veille à ce que les personnes autorisées à traiter les données s’engagent à la confidentialité, ou y soient tenues par la loi, et n’accèdent qu’aux données nécessaires à leur mission.",
        ["SECURITY"] = "Sécurité. Le sous-traitant met en œuvre les mesures techniques et organisationnelles de l’article 32 du règlement, décrites à l’annexe « Mesures de sécurité », les tient à jour et en justifie à la demande du responsable de traitement.",
        ["PRIOR_AUTHORISATION"] = "Sous-traitants ultérieurs. Le sous-traitant ne recourt à un autre sous-traitant qu’avec l’autorisation écrite, générale ou spécifique, du responsable de traitement. Sous autorisation générale, il l’informe par écrit de tout ajout ou remplacement ; le responsable de traitement dispose de trente jours pour s’y opposer.",
        ["SUBPROCESSOR_FLOWDOWN"] = "Obligations répercutées. Le sous-traitant impose par contrat à ses propres sous-traitants les obligations de la présente convention en matière de protection des données, en remet la preuve à la demande et demeure pleinement responsable de leur exécution devant le responsable de traitement.",
        ["RIGHTS_ASSISTANCE"] = "Droits des personnes. Le sous-traitant transmet au responsable de traitement, dans les deux jours ouvrés, toute demande d’exercice de droits qu’il reçoit, et l’aide par des mesures appropriées à y répondre dans le délai légal d’un mois.",
        ["ASSISTANCE_32_36"] = "Assistance. Le sous-traitant aide le responsable de traitement à respecter les articles 32 à 36 du règlement : sécurité, notification des violations, communication aux personnes, analyse d’impact et consultation préalable de la CNIL, compte tenu des informations dont il dispose.",
        ["BREACH_ALERT"] = "Violations de données. Le sous-traitant alerte le responsable de traitement et son délégué à la protection des données de toute violation dans les meilleurs délais, et au plus tard vingt-quatre heures après en avoir pris connaissance, avec les éléments de l’article 33, paragraphe 3, dont il dispose ; il complète ces éléments sans attendre.",
        ["DELETION_RETURN"] = "Sort des données. Au terme de la prestation, le sous-traitant restitue toutes les données au choix du responsable de traitement, à lui ou à un tiers qu’il désigne, puis détruit les copies existantes, sauf obligation légale de conservation. Il en remet l’attestation écrite dans le mois qui suit la restitution.",
        ["AUDIT"] = "Audits. Le sous-traitant met à la disposition du responsable de traitement toutes les informations qui démontrent le respect de l’article 28 du règlement ; il permet les audits, y compris sur place, menés par lui ou par un auditeur qu’il mandate, et y contribue.",
        ["UNLAWFUL_INSTRUCTION"] = "Instruction illicite. Le sous-traitant informe immédiatement le responsable de traitement lorsqu’une instruction lui paraît constituer une violation du règlement ou d’une autre règle de protection des données.",
        ["PROCESSOR_RECORD"] = "Registre du sous-traitant. Le sous-traitant tient par écrit le registre des catégories d’activités de traitement prévu à l’article 30, paragraphe 2, du règlement et le met à la disposition du responsable de traitement et de la CNIL.",
    };
}

/// <summary>The thirteen items as one fills them: always all of them, in the order of the law.</summary>
public sealed class Article28Form
{
    public List<Article28Answer> Items { get; set; } = [];

    public static Article28Form Of(ConventionArticle28 check) => new()
    {
        Items = [.. Article28.Lines(check).Select(line => new Article28Answer { Item = line.Term.Code, Status = line.Status, Clause = line.Row?.Clause, Note = line.Row?.Note })],
    };

    /// <summary>What is kept: items about which nothing is said are none. Items that are posted twice or that the law does not know count for nothing.</summary>
    public ConventionArticle28 Check() => new()
    {
        Items = [.. Vocabulary.Current.Terms("Art28Item").Select(term => Items.Find(one => one.Item == term.Code)).OfType<Article28Answer>()
            .Where(one => (one.Status ?? one.Clause ?? one.Note) is not null)
            .Select(one => new Article28Row { Item = one.Item, Status = one.Status, Clause = one.Clause, Note = one.Note })],
    };

    private const string NoStatus = "Dites si la clause est couverte avant d’en donner l’article ou une note.";
    private const string NoClause = "Indiquez l’article qui couvre ce point.";

    public static IReadOnlyList<string> AllMessageKeys { get; } = [NoStatus, NoClause];

    public IEnumerable<(string Field, string Key)> Faults()
    {
        for (var i = 0; i < Items.Count; i++)
        {
            if (Items[i].Status is null && (Items[i].Clause ?? Items[i].Note) is not null) yield return ($"Form.Items[{i}].Status", NoStatus);
            if (Items[i].Status is "COVERED" && Items[i].Clause is null) yield return ($"Form.Items[{i}].Clause", NoClause);
        }
    }
}

public sealed class Article28Answer
{
    [Vocabulary("Art28Item")]
    public string? Item { get; set; }

    [Display(Name = "Couverture")]
    [Vocabulary("Art28Status")]
    public string? Status { get; set; }

    [Display(Name = "Article")]
    [ShortText]
    public string? Clause { get; set; }

    [Display(Name = "Note")]
    [ShortText]
    public string? Note { get; set; }
}

/// <param name="Check">What was found.</param>
/// <param name="Of">What the text is called in the amendment: its reference and title.</param>
public sealed record Article28View(ConventionArticle28 Check, string Of)
{
    public IReadOnlyList<Article28Line> Lines { get; } = Article28.Lines(Check);
    public double? Score { get; } = Article28.Score(Check);

    /// <summary>What is absent first, then what is only there in part.</summary>
    public IReadOnlyList<Article28Line> ToPropose => [.. Lines.Where(line => line.IsMissing), .. Lines.Where(line => line.IsPartial)];
}

/// <param name="Seen">The hash of what its author read (S-90).</param>
public sealed record Article28FormView(Article28Form Form, string Seen, string Back, IReadOnlyList<SheetDifference> Conflict);
