using System.ComponentModel.DataAnnotations;
using Registry.Features.Records;
using Registry.Features.Shared;

namespace Registry.Features.Conventions;

/// <summary>The published values of a year, as they are typed to compute the price.</summary>
public sealed class RevisionForm
{
    [Display(Name = "Année")]
    [Required(ErrorMessage = "Indiquez l’année de la révision.")]
    [Range(1990, 2100, ErrorMessage = "Écrivez une année entre {1} et {2}.")]
    public int? Year { get; set; }

    [Display(Name = "Syntec 0", Description = "Dernière valeur publiée du mois zéro.")]
    [Required(ErrorMessage = "Indiquez la valeur de l’indice.")]
    [Amount]
    public string? Syntec0 { get; set; }

    [Display(Name = "Syntec mars", Description = "Dernière valeur publiée de mars de l’année.")]
    [Required(ErrorMessage = "Indiquez la valeur de l’indice.")]
    [Amount]
    public string? March { get; set; }

    [Display(Name = "Coefficient de raccord", Description = "Seulement quand mars est de la nouvelle série et Syntec 0 de l’ancienne.")]
    [Amount]
    public string? Link { get; set; }

    [Display(Name = "Économies de l’année d’avant, par unité (€)")]
    [Amount]
    public string? Savings { get; set; }

    private const string IndexRange = "Un indice est entre 1 et 100 000.";
    private const string LinkRange = "Un raccord est entre 0,1 et 10.";
    private const string LaterYear = "Cette année n’est pas commencée.";
    private const string TooEarly = "La convention n’avait pas pris effet cette année-là.";
    private const string YearTaken = "Le prix de cette année est déjà révisé.";

    public static IReadOnlyList<string> AllMessageKeys { get; } = [IndexRange, LinkRange, LaterYear, TooEarly, YearTaken];

    public PriceIndices ToIndices() => new(Amounts.Read(Syntec0)!.Value, Amounts.Read(March)!.Value, Amounts.Read(Link), Amounts.Read(Savings) ?? 0);

    public IEnumerable<(string Field, string Key)> Faults(ConventionReading reading)
    {
        if (Amounts.Read(Syntec0) is not (>= 1 and <= 100_000)) yield return ("Form.Syntec0", IndexRange);
        if (Amounts.Read(March) is not (>= 1 and <= 100_000)) yield return ("Form.March", IndexRange);
        if (Amounts.Read(Link) is { } link and not (>= 0.1m and <= 10)) yield return ("Form.Link", LinkRange);
        if (Year > reading.Today.Year) yield return ("Form.Year", LaterYear);
        if (Year < reading.Convention.EffectiveOn?.Year) yield return ("Form.Year", TooEarly);
        if (reading.Life.Prices.Any(price => price.Year == Year)) yield return ("Form.Year", YearTaken);
    }
}
