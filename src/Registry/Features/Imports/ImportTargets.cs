using System.Collections;
using System.Collections.Frozen;
using System.Reflection;
using Microsoft.Extensions.Localization;
using Registry.Facts;
using Registry.Features.Records;
using Registry.Features.Shared;

namespace Registry.Features.Imports;

/// <summary>What a column may become: a field of the sheet, or something that the file says of the record itself.</summary>
/// <param name="Key">How a mapping remembers it: part and field, or one word.</param>
public sealed record ImportTarget(string Key, SheetSection? Section, PropertyInfo? Field, string LabelKey)
{
    /// <summary>Several columns may fill it one after the other.</summary>
    public bool Gathers => Field is not null && (typeof(IList).IsAssignableFrom(Field.PropertyType) || SheetTyping.IsFree(Field));
}

/// <summary>Finds the field that a heading means: the product's own in both languages, those of the CNIL's model, and what other registers call the same thing.</summary>
public sealed class ImportTargets
{
    public const string Reference = "reference", Siren = "siren", Model = "modele", Known = "connu", Title = "identification.Title";

    private readonly FrozenDictionary<string, string> _own;
    private readonly FrozenDictionary<string, string> _usual;
    private readonly FrozenDictionary<string, ImportTarget> _byKey;

    public ImportTargets(IStringLocalizer t)
    {
        var own = new Dictionary<string, string>();
        foreach (var titles in new[] { Languages.InFrench(() => Titles(t)), Languages.In("en", () => Titles(t)) })
            foreach (var (title, key) in titles) own.TryAdd(Folding.Fold(title), key);
        _own = own.ToFrozenDictionary();
        All = [.. from section in SheetSections.All
            from field in SheetText.Fields(section.Type)
            where !field.IsDefined(typeof(RowKeyAttribute))
            select new ImportTarget(KeyOf(section, field), section, field, SheetLabels.Name(field))];
        _byKey = All.Append(new(Reference, null, null, Languages.Key("Référence"))).Append(new(Siren, null, null, "SIREN")).Append(new(Model, null, null, Languages.Key("Modèle de la bibliothèque")))
            .ToFrozenDictionary(target => target.Key);
        _usual = Usual.SelectMany(one => one.Words.Split('|').Select(word => (Word: Folding.Fold(word), one.Key))).DistinctBy(one => one.Word).ToFrozenDictionary(one => one.Word, one => one.Key);
    }

    /// <summary>The fields of the sheet, in its order.</summary>
    public IReadOnlyList<ImportTarget> All { get; }

    public ImportTarget? Find(string? key) => key is null ? null : _byKey.GetValueOrDefault(key);

    /// <summary>Whether the heading is one of the product's own; what it only tells of the record itself is <see cref="Known"/>.</summary>
    public string? Own(string heading) => _own.GetValueOrDefault(Folding.Fold(heading));

    /// <summary>The proposal for a heading, or nothing.</summary>
    public string? Propose(string heading)
    {
        var folded = Folding.Fold(heading);
        if (folded.Length == 0) return null;
        if (_own.TryGetValue(folded, out var own)) return own == Known ? null : own;
        if (_usual.TryGetValue(folded, out var usual)) return usual;
        // A heading often says more than the thing: the longest that it contains.
        return _usual.Where(one => one.Key.Length >= 8 && $" {folded} ".Contains($" {one.Key} ", StringComparison.Ordinal)).OrderByDescending(one => one.Key.Length).Select(one => one.Value).FirstOrDefault();
    }

    private static List<(string Title, string Key)> Titles(IStringLocalizer t)
    {
        var columns = new RegisterColumns(t, notes: true, copyOf: "");
        return [.. columns.Heads.Zip(columns.FieldsOf, (head, of) => (head.Title,
            of is { } field ? KeyOf(field.Section, field.Field) : head.Title == t.Get("Référence") ? Reference : head.Title == t.Get("SIREN") ? Siren : head.Title == t.Get("Modèle de la bibliothèque") ? Model : Known))];
    }

    private static string KeyOf(SheetSection section, PropertyInfo field) => $"{section.Key}.{field.Name}";

    // What registers of other hands call their columns; the words of the CNIL's model stand among them.
    private static readonly (string Key, string Words)[] Usual =
    [
        (Reference, "n° / réf|n° de fiche|numéro de fiche|réf|ref|numéro|identifiant|n° du traitement|réf traitement|n°"),
        (Title, "nom / sigle|nom du traitement|intitulé|intitulé du traitement|traitement|activité de traitement|activité|activités|nom de l’activité|libellé|libellé du traitement|dénomination du traitement|désignation du traitement|nom|nom de la fiche|processing activity"),
        ("identification.Unit", "service|direction|service gestionnaire|service concerné|pôle|département|service en charge|direction / service|service chargé de la mise en œuvre"),
        ("identification.Owner", "responsable opérationnel|référent métier|pilote|gestionnaire|responsable du service|référent"),
        ("identification.Description", "description|description du traitement|commentaire|commentaires|contexte|présentation"),
        ("identification.ImplementedOn", "date de création|date de mise en œuvre|date de création du traitement|création|date de début"),
        ("identification.JointControllers", "responsable(s) conjoint(s)|responsables conjoints|responsable conjoint|co-responsable|coresponsables|co-responsables du traitement"),
        ("identification.GdprRole", "rôle|qualification|qualité de l’organisme"),
        ("finalites.Purpose", "finalité principale|finalité|finalités|objectif|objectifs poursuivis|finalité du traitement|finalités du traitement|but|objectif du traitement|finalité(s) du traitement effectué|objectifs du traitement"),
        ("finalites.SubPurposes", "sous-finalité|sous finalités|finalités secondaires|sous-finalité 1|sous-finalité 2|sous-finalité 3|sous-finalité 4|sous-finalité 5"),
        ("finalites.LegalBases", "base légale|bases légales|base juridique|fondement juridique|licéité|fondement|licéité du traitement|base légale du traitement"),
        ("finalites.ConsentMeans", "modalités de recueil du consentement|recueil du consentement"),
        ("personnes.DataSubjects", "catégories de personnes concernées|catégories de personnes|personnes concernées|catégorie de personnes|public concerné|catégorie de personnes 1|catégorie de personnes 2|catégorie de personnes 3"),
        ("personnes.DataCategories", "catégories de données|catégories de données personnelles|données|données collectées|données traitées|types de données|catégories de données personnelles concernées|catégories de données collectées|données personnelles concernées"),
        ("personnes.CollectionMeans", "mode de collecte|modalités de collecte|support de collecte|moyens de collecte"),
        ("sensibles.SpecialPresent", "données sensibles|données sensibles oui non|présence de données sensibles"),
        ("conservation.Rules", "durée de conservation|durées de conservation|délai d’effacement|délais d’effacement|durée conservation|conservation|duc|dua"),
        ("destinataires.Recipients", "destinataires|catégories de destinataires|destinataire|destinataires des données|destinataires internes|destinataires externes|destinataire 1|destinataire 2|destinataire 3"),
        ("sous-traitants.Processors", "sous-traitants|sous-traitant|sous traitant|prestataires|prestataire"),
        ("sous-traitants.Systems", "logiciel|logiciels|application|applications|outil|outils informatiques|outils|logiciel ou application|système d’information"),
        ("transferts.Transfers", "transferts hors ue|transfert hors ue|transferts|transfert hors union européenne|transferts hors de l’ue|transferts de données hors ue|destinataire organisme 1"),
        ("securite.Measures", "mesures de sécurité|sécurité|mesures de sécurité techniques|mesures de sécurité organisationnelles|mesures techniques|mesures organisationnelles|description générale des mesures de sécurité"),
        ("information.NoticeReference", "information des personnes|mention d’information|mentions légales|modalités d’information"),
        ("information.RightsNotes", "droits des personnes|exercice des droits"),
        ("aipd.DpiaStatus", "état de l’aipd|statut aipd"),
        ("aipd.Reason", "aipd|pia|analyse d’impact|analyse d’impact nécessaire"),
        ("publication.InternalNotes", "observations|remarques|notes|note interne"),
    ];
}
