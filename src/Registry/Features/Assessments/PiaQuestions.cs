using Registry.Features.Shared;

namespace Registry.Features.Assessments;

/// <summary>The numbered places of the tool's form, in our words: the context, the principles, then the same six questions for each of three feared events.</summary>
public static class PiaQuestions
{
    public static IReadOnlyList<(string Title, IReadOnlyList<(int Number, string Label)> Questions)> Chapters { get; } =
    [
        (Languages.Key("Contexte"), [(111, Languages.Key("Le traitement")), (112, Languages.Key("Responsabilités")), (113, Languages.Key("Référentiels applicables")), (121, Languages.Key("Données traitées")), (122, Languages.Key("Cycle de vie des données")), (123, Languages.Key("Supports des données"))]),
        (Languages.Key("Proportionnalité et nécessité"), [(211, Languages.Key("Finalités")), (212, Languages.Key("Fondement")), (213, Languages.Key("Données minimales")), (214, Languages.Key("Exactitude des données")), (215, Languages.Key("Durées de conservation"))]),
        (Languages.Key("Droits des personnes"), [(221, Languages.Key("Information des personnes")), (222, Languages.Key("Consentement")), (223, Languages.Key("Accès et portabilité")), (224, Languages.Key("Rectification et effacement")), (225, Languages.Key("Limitation et opposition")), (226, Languages.Key("Sous-traitance")), (227, Languages.Key("Transferts"))]),
        .. Events.Select(one => (one.Title, (IReadOnlyList<(int, string)>)[(one.First, Languages.Key("Impacts possibles")), (one.First + 1, Languages.Key("Menaces")), (one.First + 2, Languages.Key("Sources du risque")), (one.First + 3, Languages.Key("Mesures qui y répondent")), (one.First + 4, Languages.Key("Gravité")), (one.First + 5, Languages.Key("Vraisemblance"))])),
    ];

    /// <summary>The feared events: their first question, and the evaluation that says what is left of the risk.</summary>
    public static IReadOnlyList<(string Title, int First, string Evaluation)> Feared => Events;

    private static (string Title, int First, string Evaluation)[] Events =>
        [(Languages.Key("Accès illégitime aux données"), 321, "3.2"), (Languages.Key("Modification non désirée des données"), 331, "3.3"), (Languages.Key("Disparition des données"), 341, "3.4")];

    public static bool Knows(int number) => Chapters.Any(chapter => chapter.Questions.Any(question => question.Number == number));

    public static string Level(int level) => level switch
    {
        1 => Languages.Key("Négligeable"),
        2 => Languages.Key("Limitée"),
        3 => Languages.Key("Importante"),
        4 => Languages.Key("Maximale"),
        _ => Languages.Key("non estimée"),
    };

    public static string Status(int? status) => status switch
    {
        1 => Languages.Key("Refusée"),
        2 => Languages.Key("Validation simple"),
        3 => Languages.Key("Validation signée"),
        4 => Languages.Key("Archivée"),
        _ => Languages.Key("En cours"),
    };

    public static string Judgement(int? status) => status switch
    {
        1 => Languages.Key("À corriger"),
        2 => Languages.Key("Améliorable"),
        3 => Languages.Key("Acceptable"),
        _ => Languages.Key("En attente"),
    };
}
