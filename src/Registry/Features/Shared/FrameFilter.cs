using System.Text.Json;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Facts;
using Registry.Identity;

namespace Registry.Features.Shared;

/// <summary>Fills the frame of the page from what is already known: no query here, none in the views.</summary>
public sealed class FrameFilter(Visitor visitor, IStringLocalizer t, DemoMode demo, ITempDataDictionaryFactory kept, TimeProvider clock) : IResultFilter
{
    private const string FlashKey = "flash";

    /// <summary>What keeps a message until the next page.</summary>
    public const string FlashCookie = "__Host-flash";

    /// <summary>A message for the page that the redirect leads to.</summary>
    public static void Leave(ITempDataDictionary tempData, FrameFlash flash) => tempData[FlashKey] = JsonSerializer.Serialize(flash);

    public void OnResultExecuting(ResultExecutingContext context)
    {
        if (context.Result is not PageResult) return;
        var http = context.HttpContext;
        var frame = PageFrame.Of(http);
        if (demo.Serves(http)) frame.DemoBanner = t.Get("Démonstration : personnes et dossiers inventés, sur cet ordinateur seulement.");
        Footer(frame);
        if (!visitor.SignedIn) return;

        // Looked for only where there is one: what is looked for is then taken off the browser, even where there is nothing.
        if (http.Request.Cookies.ContainsKey(FlashCookie) && kept.GetTempData(http)[FlashKey] is string flash) frame.Flash = JsonSerializer.Deserialize<FrameFlash>(flash);
        frame.SignedIn = true;
        frame.PersonName = visitor.Name;
        frame.PersonFunction = visitor.Grants.Count > 0 ? Vocabulary.Current.Label("AppointmentKind", visitor.Grants[0].Kind) : null;
        frame.AccountHref = "/mon-compte";
        frame.SignOutHref = "/deconnexion";
        var end = http.User.SessionEnd();
        frame.Session = new(Dates.Hour(end.At, visitor.OrganisationOrNull?.Zone ?? Dates.Paris), end.Final, end.At - clock.GetUtcNow());
        if (visitor.Can(Function.ReadRecords, Right.Read)) frame.SearchHref = "/recherche";
        Area(frame, http.Request.Path);
        if (visitor.OrganisationOrNull is { } organisation) Commune(frame, organisation, http.Request.Path);
    }

    public void OnResultExecuted(ResultExecutedContext context)
    {
    }

    private void Area(PageFrame frame, PathString path)
    {
        if (!visitor.WorksOverArea) return;
        frame.Area.Add(new(t.Get("Aujourd’hui"), "/", Current: path == "/"));
        if (visitor.Can(Function.ReadRecords, Right.Read)) frame.Area.Add(new(t.Get("Registre"), "/registre", Current: path.StartsWithSegments("/registre")));
        if (visitor.Can(Function.Requests, Right.Read)) frame.Area.Add(new(t.Get("Droits"), "/demandes", Current: path.StartsWithSegments("/demandes")));
        if (visitor.Can(Function.Breaches, Right.Read)) frame.Area.Add(new(t.Get("Violations"), "/violations", Current: path.StartsWithSegments("/violations")));
        if (visitor.Can(Function.Conventions, Right.Read)) frame.Area.Add(new(t.Get("Conventions"), "/conventions", Current: path.StartsWithSegments("/conventions")));
        frame.Area.Add(new(t.Get("Organismes"), "/organismes", visitor.Reach, path.StartsWithSegments("/organismes")));
        if (visitor.Can(Function.ReadRecords, Right.Read)) frame.Area.Add(new(t.Get("Bilans"), "/bilans", Current: path.StartsWithSegments("/bilans")));
        if (visitor.Can(Function.Recommendations, Right.Read)) frame.Area.Add(new(t.Get("Recommandations"), "/recommandations", Current: path.StartsWithSegments("/recommandations")));
        if (visitor.Grants.Any(grant => grant.Role == Role.PlatformAdmin || grant is { Role: Role.Dpo, AreaWide: true })) frame.Area.Add(new(t.Get("Espaces mutualisés"), "/espaces", Current: path.StartsWithSegments("/espaces")));
        if (visitor.Can(Function.Templates, Right.Write)) frame.Area.Add(new(t.Get("Modèles"), "/modeles", Current: path.StartsWithSegments("/modeles")));
        if (visitor.Can(Function.Accounts, Right.Write)) frame.Area.Add(new(t.Get("Courrier"), "/courrier", Current: path.StartsWithSegments("/courrier")));
        if (visitor.Grants.Any(grant => grant.Role == Role.PlatformAdmin)) frame.Area.Add(new(t.Get("Jours fériés"), "/jours-feries", Current: path.StartsWithSegments("/jours-feries")));
    }

    private void Commune(PageFrame frame, CurrentOrganisation organisation, PathString path)
    {
        var home = $"/o/{organisation.Slug}";
        // The switcher keeps the section: one arrives on the same page of the other organisation.
        var section = path.Value!.Split('/').ElementAtOrDefault(3);
        var known = section is "traitements" or "demandes" or "violations" or "applications" or "prestataires" or "sous-traitants" or "conventions" or "demandes-au-prestataire" or "journal" or "designations" or "services" or "profil" ? "?rubrique=" + section : "";
        frame.Organisation = new(organisation.Name, organisation.Slug, organisation.Accent, home, visitor.Reach > 1 ? "/organismes" + known : null, visitor.Reach);
        Link(Languages.Key("Accueil"), home, exact: true);
        if (visitor.Can(Function.ReadRecords, Right.Read)) Link(Languages.Key("Traitements"), home + "/traitements");
        if (visitor.Can(Function.Requests, Right.Read)) Link(Languages.Key("Droits des personnes"), home + "/demandes");
        if (visitor.Can(Function.Breaches, Right.Read) || visitor.Can(Function.ReportIncident, Right.Write) && visitor.Can(Function.Breaches, Right.ReadOwn)) Link(Languages.Key("Violations"), home + "/violations");
        if (visitor.SpeaksForProvider || (organisation.MayBeProcessor && visitor.Can(Function.Breaches, Right.Read))) Link(Languages.Key("Incidents"), home + "/incidents");
        if (visitor.Can(Function.ReadRecords, Right.Read)) Link(Languages.Key("Applications"), home + "/applications");
        if (visitor.Can(Function.ReadRecords, Right.Read)) Link(Languages.Key("Prestataires"), home + "/prestataires");
        if (visitor.Can(Function.Conventions, Right.ReadOwn)) Link(Languages.Key("Conventions"), home + "/conventions");
        if (visitor.Can(Function.AccessRequests, Right.ReadOwn) && !visitor.Grants.All(grant => grant.Role is Role.ProcessorHelpdesk or Role.ProcessorManager)) Link(Languages.Key("Demandes au prestataire"), home + "/demandes-au-prestataire");
        if (visitor.Grants.Any(grant => grant.Role is Role.ProcessorHelpdesk or Role.ProcessorManager)) Link(Languages.Key("Assistance"), home + "/assistance");
        if (visitor.Can(Function.ProcessorRecord, Right.ReadOwn) && organisation.MayBeProcessor) Link(Languages.Key("Sous-traitance"), home + "/sous-traitance");
        if (visitor.Can(Function.Documents, Right.ReadOwn)) Link(Languages.Key("Documents"), home + "/documents");
        if (visitor.Can(Function.Appointments, Right.ReadOwn)) Link(Languages.Key("Désignations"), home + "/designations");
        if (visitor.Can(Function.Recommendations, Right.Read) || visitor.Grants.Any(grant => grant.Role == Role.Correspondent)) Link(Languages.Key("Recommandations"), home + "/recommandations");
        if (visitor.Can(Function.Opinions, Right.Read) || visitor.Can(Function.Opinions, Right.WriteOwn)) Link(Languages.Key("Avis du délégué"), home + "/avis");
        if (visitor.Can(Function.Audits, Right.Read)) Link(Languages.Key("Audits"), home + "/audits");
        if (visitor.Can(Function.Interventions, Right.Read)) Link(Languages.Key("Missions du délégué"), home + "/missions");
        if (visitor.Can(Function.Training, Right.ReadOwn)) Link(Languages.Key("Formations et charte"), home + "/formations");
        if (visitor.Can(Function.Profile, Right.Read)) Link(Languages.Key("Profil"), home + "/profil");
        if (visitor.Can(Function.History, Right.Read)) Link(Languages.Key("Journal"), home + "/journal");

        void Link(string text, string href, bool exact = false) =>
            frame.Commune.Add(new(t.Get(text), href, Current: exact ? path == href : path.StartsWithSegments(href)));
    }

    private void Footer(PageFrame frame)
    {
        frame.Footer.Add(new(t.Get("Aide"), "/aide"));
        frame.Footer.Add(new(t.Get("Plan du site"), "/plan-du-site"));
        frame.Footer.Add(new(t.Get("Accessibilité : partiellement conforme"), "/accessibilite"));
        frame.Footer.Add(new(t.Get("Mentions légales"), "/mentions-legales"));
        frame.Footer.Add(new(t.Get("Données personnelles"), "/donnees-personnelles"));
    }
}
