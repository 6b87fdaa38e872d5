using Registry.Features.Shared;

namespace Registry.Features.Records;

/// <summary>A model that a sheet can be begun from: one of the product's, or the officer's own, or her edition of one of the product's.</summary>
public sealed record ShelfModel
{
    public required string Code { get; init; }
    public required string Title { get; init; }
    public string? Domain { get; init; }
    public string? Purpose { get; init; }

    /// <summary>Other words by which it is found: the service, and its name in the other language.</summary>
    public string? Words { get; init; }
    public required string[] OrganisationTypes { get; init; }

    /// <summary>The newest that was given out. A model of the product as it is shipped is revision 1.</summary>
    public required int Revision { get; init; }

    /// <summary>The officer made it, or made it hers.</summary>
    public bool IsOwn { get; init; }

    /// <summary>Only for whoever keeps the library: there is work on it that no revision holds yet.</summary>
    public bool Changed { get; init; }
    public bool Retired { get; init; }

    public bool IsIssued => Revision > 0;

    public bool Suits(string organisationType) =>
        OrganisationTypes.Contains(organisationType) || (organisationType == "COMMUNE_NOUVELLE" && OrganisationTypes.Contains("COMMUNE"));

    public static ShelfModel Of(RecordModel model) => new()
    {
        Code = model.Code,
        Title = Languages.IsEnglish ? model.TitleEn : model.TitleFr,
        Domain = model.Domain,
        Purpose = Languages.IsEnglish ? model.PurposeEn : model.PurposeFr,
        Words = $"{model.TitleFr} {model.TitleEn} {model.Unit} {model.PurposeFr}",
        OrganisationTypes = [.. model.OrganisationTypes],
        Revision = 1,
    };
}

/// <summary>A revision as the officer explained it.</summary>
public sealed record RevisionNote
{
    public required int Number { get; init; }
    public required string Note { get; init; }
    public required DateTimeOffset IssuedAt { get; init; }
    public required string IssuedBy { get; init; }
}
