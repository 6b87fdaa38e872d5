using System.ComponentModel.DataAnnotations;
using Registry.Facts;
using Registry.Features.Records;
using Registry.Features.Shared;

namespace Registry.Features.Conventions;

/// <summary>What it costs and how it is billed. Amounts are kept as they were typed and read by <see cref="Amounts"/>.</summary>
public sealed class ConventionPrices
{
    [Display(Name = "Tarifs", ShortName = "Tarif", Prompt = "Ajouter un tarif")]
    public List<TariffRow> Tariffs { get; set; } = [];

    [Display(Name = "Monnaie")]
    [ShortText]
    public string? Currency { get; set; }

    [Display(Name = "Base de facturation")]
    [ShortText]
    public string? Basis { get; set; }

    [Display(Name = "Début de facturation")]
    [ShortText]
    public string? StartRule { get; set; }

    [Display(Name = "Facturation au mois, règle du 15")]
    public bool? ProRataFrom15 { get; set; }

    [Display(Name = "Périodicité des factures")]
    [Vocabulary("BillingPeriod")]
    public string? BillingPeriod { get; set; }

    [Display(Name = "Au moins")]
    [Vocabulary("BillingPeriod")]
    public string? MinPeriod { get; set; }

    [Display(Name = "Au plus")]
    [Vocabulary("BillingPeriod")]
    public string? MaxPeriod { get; set; }

    [Display(Name = "Plafond")]
    [ShortText]
    public string? Cap { get; set; }

    [Display(Name = "Changement de prix par")]
    [Vocabulary("ConventionChoice", "AMENDMENT")]
    public string? ChangeBy { get; set; }

    [Display(Name = "Émetteur des factures")]
    [ShortText]
    public string? Issuer { get; set; }

    [Display(Name = "Prestations ajoutées par bon de commande")]
    public bool? AddedByOrderForm { get; set; }

    [Display(Name = "Unité de compte")]
    [ShortText]
    public string? UnitOfAccount { get; set; }

    [Display(Name = "Économies")]
    [ShortText]
    public string? Savings { get; set; }

    [Display(Name = "Vérification")]
    [ShortText]
    public string? ConsistencyCheck { get; set; }

    [Display(Name = "Article des prix")]
    [ShortText]
    public string? Clause { get; set; }

    /// <summary>A yearly fee beside a price by the day of the same service: how many days it stands for (domain §7, C 5). Half a day is the smallest unit of the officer's work.</summary>
    public IEnumerable<(TariffRow Fee, TariffRow ByDay, decimal Days)> FeesInDays() =>
        from fee in Tariffs
        where fee.Code?.EndsWith(Fee, StringComparison.Ordinal) == true
        from day in Tariffs
        where day.Code == fee.Code![..^Fee.Length] + "_DAY"
        let amounts = (Fee: Amounts.Read(fee.Amount), Day: Amounts.Read(day.Amount))
        where amounts is { Fee: not null, Day: > 0 }
        select (fee, day, amounts.Fee!.Value / amounts.Day!.Value);

    private const string Fee = "_FLAT";

    [Display(Name = "Quantités commandées", ShortName = "Ligne", Prompt = "Ajouter une ligne")]
    public List<QuantityRow> Quantities { get; set; } = [];

    [Display(Name = "Mise en service")]
    [Day]
    public DateOnly? InServiceOn { get; set; }

    [Display(Name = "Quantités inventées pour la démonstration")]
    public bool? QuantitiesInvented { get; set; }

    [Display(Name = "Exemple de facture")]
    [ShortText]
    public string? WorkedText { get; set; }

    [Display(Name = "Jours de l’exemple")]
    [Amount]
    public string? WorkedDays { get; set; }

    [Display(Name = "Prix du jour de l’exemple (€)")]
    [Amount]
    public string? WorkedRate { get; set; }
}

public sealed class TariffRow
{
    [Display(Name = "Code")]
    [ShortText]
    public string? Code { get; set; }

    [Display(Name = "Libellé")]
    [ShortText]
    public string? Label { get; set; }

    [Display(Name = "Unité")]
    [ShortText]
    public string? Unit { get; set; }

    [Display(Name = "Montant (€)")]
    [Amount]
    public string? Amount { get; set; }

    [Display(Name = "Taxe")]
    [Vocabulary("TaxBasis")]
    public string? Tax { get; set; }

    [Display(Name = "Mention de taxe")]
    [ShortText]
    public string? TaxText { get; set; }

    [Display(Name = "À partir du")]
    [Day]
    public DateOnly? FromOn { get; set; }

    [Display(Name = "Jusqu’au")]
    [Day]
    public DateOnly? ToOn { get; set; }

    [Display(Name = "Décision qui le fixe", Description = "La délibération du comité ou du conseil, et sa date.")]
    [ShortText]
    public string? Evidence { get; set; }

    [Display(Name = "Note")]
    [ShortText]
    public string? Note { get; set; }
}

public sealed class QuantityRow
{
    [Display(Name = "Code du tarif")]
    [ShortText]
    public string? Code { get; set; }

    [Display(Name = "Quantité")]
    [Amount]
    public string? Quantity { get; set; }
}
