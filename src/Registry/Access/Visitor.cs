using Registry.Deadlines;

namespace Registry.Access;

/// <summary>One active appointment as it counts here and now.</summary>
public sealed record Grant(Role Role, string Kind, bool AreaWide, string[] Delegations);

/// <summary>The organisation in whose name the page stands: chosen by the address, granted by an appointment (S-03).</summary>
public sealed record CurrentOrganisation
{
    public required Guid Id { get; init; }
    public required string Slug { get; init; }
    public required string Name { get; init; }
    public required string Type { get; init; }
    public required string Accent { get; init; }
    public required string Territory { get; init; }
    public required string TimeZone { get; init; }
    public required bool GoodFridayObserved { get; init; }
    public bool ActsAsProcessor { get; init; }

    /// <summary>What was corrected of the holidays of its territory.</summary>
    public string[] HolidayCorrections { get; init; } = [];

    /// <summary>It works for others, or is of the kind that does: intercommunalities, syndicates, management centres, companies.</summary>
    public bool MayBeProcessor => ActsAsProcessor || Type is not ("COMMUNE" or "COMMUNE_NOUVELLE" or "CCAS" or "CIAS" or "CAISSE_DES_ECOLES" or "ASSOCIATION" or "STATE_BODY");

    /// <summary>The day it is there: appointments and deadlines follow the organisation's clock, not the server's.</summary>
    public DateOnly Today(TimeProvider clock) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), Zone).DateTime);

    public TimeZoneInfo Zone => TimeZoneInfo.FindSystemTimeZoneById(TimeZone);

    /// <summary>By which its deadlines are counted.</summary>
    public HolidayCalendar Calendar => HolidayCalendar.For(Territory, GoodFridayObserved, HolidayCorrections.Select(HolidayCorrection.Parse));

    /// <summary>Whether an organisation could be called so in an address; any other text is nobody's.</summary>
    public static bool IsSlug(string text) => text.Length <= 80 && text.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-');
}

/// <summary>Who asks, and what she may do where she stands. Filled by <see cref="AccessFilter"/> before the page runs.</summary>
public sealed class Visitor
{
    private CurrentOrganisation? _organisation;

    public Guid PersonId { get; private set; }
    public string Name { get; private set; } = "";
    public bool SignedIn => PersonId != Guid.Empty;

    /// <summary>Her grants in the current organisation; on a page of the area, one for each different role she has anywhere.</summary>
    public IReadOnlyList<Grant> Grants { get; private set; } = [];

    /// <summary>How many organisations she reaches.</summary>
    public int Reach { get; private set; }

    /// <summary>She works over many organisations and opens on the list of what is due everywhere.</summary>
    public bool WorksOverArea { get; private set; }

    public CurrentOrganisation? OrganisationOrNull => _organisation;

    public CurrentOrganisation Organisation =>
        _organisation ?? throw new InvalidOperationException("This page has no {organisation} in its address.");

    public void Is(Guid personId, string name) => (PersonId, Name) = (personId, name);

    public void Holds(IReadOnlyList<Grant> grants, int reach, bool worksOverArea) =>
        (Grants, Reach, WorksOverArea) = (grants, reach, worksOverArea);

    public void StandsIn(CurrentOrganisation organisation) => _organisation = organisation;

    public bool Can(Function function, Right right, string? delegation = null) => GrantFor(function, right, delegation) is not null;

    /// <summary>The grant in whose name she does it: the history says which.</summary>
    public Grant? GrantFor(Function function, Right right, string? delegation = null) =>
        Grants.FirstOrDefault(g => Rights.Allows(function, right, g.Role, delegation is not null && g.Delegations.Contains(delegation)));

    /// <summary>One of those through whom a provider alerts the bodies that it serves.</summary>
    public bool SpeaksForProvider => Grants.Any(grant => grant.Role is Role.ProcessorHelpdesk or Role.ProcessorManager);

    public IReadOnlyList<string> RoleCodes => [.. Grants.Select(g => g.Role.Code()).Distinct()];

    public IReadOnlyList<string> Delegations => [.. Grants.SelectMany(g => g.Delegations).Distinct()];
}
