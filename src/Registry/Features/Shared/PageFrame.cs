namespace Registry.Features.Shared;

/// <summary>
/// What the layout shows around a page. The page filter fills it before the view runs, the view sets its title and crumbs,
/// the layout reads it. Texts are ready to show: whoever fills it has localized them.
/// </summary>
public sealed class PageFrame
{
    /// <summary>Name of the page, first part of the window's title.</summary>
    public string Title { get; set; } = "";

    /// <summary>No form of the frame's own: nothing could sign it.</summary>
    public bool Bare { get; set; }

    /// <summary>A page that browsers may keep: nothing on it is made for one visitor, neither the token of a form nor the nonce of a script.</summary>
    public bool Kept { get; set; }

    public bool SignedIn { get; set; }
    public string? PersonName { get; set; }
    /// <summary>"Délégué mutualisé": the header shows the function, the name is behind it.</summary>
    public string? PersonFunction { get; set; }
    public string? AccountHref { get; set; }
    /// <summary>Takes a POST.</summary>
    public string? SignOutHref { get; set; }

    /// <summary>When the session of whoever is signed in ends; null on pages for everybody.</summary>
    public FrameSession? Session { get; set; }

    /// <summary>Where the mark leads: the DPO's worklist, or the correspondent's commune.</summary>
    public string HomeHref { get; set; } = "/";
    /// <summary>Where the search of the header is sent (GET, parameter q); null hides it.</summary>
    public string? SearchHref { get; set; }
    public string? DemoBanner { get; set; }

    public List<FrameLink> Area { get; } = [];
    public FrameOrganisation? Organisation { get; set; }
    public List<FrameLink> Commune { get; } = [];
    public List<Crumb> Crumbs { get; } = [];
    public FrameFlash? Flash { get; set; }

    /// <summary>Links of the footer before the choices of language and appearance; the last may have no address ("Heure de Paris").</summary>
    public List<FrameLink> Footer { get; } = [];

    public static PageFrame Of(HttpContext context)
    {
        if (context.Items[typeof(PageFrame)] is PageFrame frame)
            return frame;
        frame = new PageFrame();
        context.Items[typeof(PageFrame)] = frame;
        return frame;
    }

    public string FullTitle => string.Join(" – ", new[] { Title, Organisation?.Name, "Registre" }.Where(part => !string.IsNullOrEmpty(part)));
}

/// <param name="Count">What waits behind the link; null shows none.</param>
public sealed record FrameLink(string Text, string? Href, int? Count = null, bool Current = false);

/// <param name="At">The hour, in the zone of the page.</param>
/// <param name="Final">Nothing puts it off.</param>
public sealed record FrameSession(string At, bool Final, TimeSpan Left);

public sealed record Crumb(string Text, string? Href = null);

/// <param name="Accent">One of <see cref="Accents"/>.</param>
/// <param name="SwitchHref">The page of organisations; null when the person works for this one only.</param>
public sealed record FrameOrganisation(string Name, string Slug, string Accent, string HomeHref, string? SwitchHref = null, int Count = 1);

/// <param name="Kind">done, soon, late or offer.</param>
public sealed record FrameFlash(string Kind, string Text, string? LinkText = null, string? LinkHref = null);

public static class Accents
{
    public const string Area = "petrole";

    /// <summary>Six inks, none near the red and amber of deadlines. A commune chooses from this list only.</summary>
    public static readonly IReadOnlyList<string> All = [Area, "outremer", "foret", "prune", "ocre", "ardoise"];

    public static string ClassOf(string? accent) => "accent-" + (accent is not null && All.Contains(accent) ? accent : Area);
}
