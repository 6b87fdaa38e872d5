namespace Registry.Facts;

/// <summary>A commune or an intercommunality as the State lists it. What an organisation of the registry starts from, never what it is tied to.</summary>
public sealed record OfficialBody
{
    public required string Name { get; init; }

    /// <summary>Code of <c>OrganisationType</c>: COMMUNE, COMMUNAUTE_COMMUNES, COMMUNAUTE_AGGLOMERATION, COMMUNAUTE_URBAINE or METROPOLE.</summary>
    public required string Type { get; init; }

    /// <summary>Communes only.</summary>
    public string? InseeCode { get; init; }

    /// <summary>Null for the communes of the overseas collectivities, which the source lists without one.</summary>
    public string? Siren { get; init; }

    /// <summary>Department or overseas collectivity; for an intercommunality the one where most of its inhabitants live.</summary>
    public required string DepartmentCode { get; init; }

    public required string DepartmentName { get; init; }

    public required string RegionName { get; init; }

    /// <summary>Empty for an intercommunality: the source gives no address of its seat.</summary>
    public required IReadOnlyList<string> PostalCodes { get; init; }

    public int? Population { get; init; }

    /// <summary>
    /// Code of <c>Territory</c>, hence the holidays. Null in Saint-Pierre-et-Miquelon, Wallis-et-Futuna, Polynésie française and Nouvelle-Calédonie,
    /// whose holidays the vocabulary does not hold: a person must choose, a wrong calendar must not be assumed.
    /// </summary>
    public string? Territory { get; init; }

    /// <summary>IANA identifier.</summary>
    public required string TimeZone { get; init; }

    public bool IsCommune => InseeCode is not null;
}
