using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Registry.Access;
using Registry.Features.Shared;

namespace Registry.Tests.House;

/// <summary>What every address must declare (S-01), as a function from the router to faults.</summary>
public static class PageRules
{
    /// <summary>Who may come without an account, and why.</summary>
    public static readonly IReadOnlyDictionary<string, string> Anonymous = new Dictionary<string, string>
    {
        ["/Accounts/SignIn"] = "the door itself",
        ["/Accounts/SecondFactor"] = "halfway through the door: a passage cookie says whose",
        ["/Accounts/UseRecoveryCode"] = "halfway through the door",
        ["/Accounts/EnrolFactor"] = "an invitation or a loss leads here before there is a session",
        ["/Accounts/ForgottenPassword"] = "who forgot cannot sign in; it answers the same to everybody",
        ["/Accounts/OpenReset"] = "the one-time link of the mail",
        ["/Accounts/NewPassword"] = "after the link and the second factor",
        ["/Accounts/Invitation"] = "the one-time link of the mail",
        ["/Accounts/InvitationPassword"] = "after that link",
        ["/Accounts/CancelReenrolment"] = "the one-time link of the mail",
        ["/Accounts/SignOut"] = "also when the session has ended meanwhile",
        ["/Accounts/DemoEntry"] = "404 outside demo mode on loopback",
        ["/Accounts/DemoMail"] = "404 outside demo mode on loopback",
        ["/Citizens/Index"] = "who keeps my data: the public page, read as app_public",
        ["/Citizens/Register"] = "the register as its organisation shows it, read as app_public",
        ["/Citizens/Entry"] = "one redacted sheet of it",
        ["/Citizens/OpenJson"] = "the same for programs",
        ["/Citizens/OpenTable"] = "the same as a table",
        ["/Citizens/Territory"] = "which bodies of an intercommunality may be asked: their names, read as app_public",
        ["/Citizens/Papers"] = "how to obtain a document of the administration: the address of the body, read as app_public",
        ["/Requests/Ask"] = "a citizen asks without an account (S-80)",
        ["/Requests/Follow"] = "the number and the code together say whose",
        ["/Requests/Deposit"] = "the one-time link of the mail, or the pass of the page of a request (S-82)",
        ["/Requests/Enter"] = "the one-time link of the mail (S-81)",
        ["/Requests/LostCode"] = "whoever lost her code cannot give it; it answers the same to everybody",
        ["/Requests/Piece"] = "a piece of an answer: the pass of the page of that request says whose",
        ["/Shared/Error"] = "shows no more than the kind of error",
        ["/Shared/Help"] = "the same text for everybody",
        ["/Shared/SiteMap"] = "the same text for everybody",
        ["/Shared/Accessibility"] = "the law wants it public",
        ["/Shared/LegalNotice"] = "the law wants it public",
        ["/Shared/PersonalData"] = "the law wants it public",
        ["/langue"] = "a cookie without personal data",
        ["/apparence"] = "a cookie without personal data",
        ["/sante/vivant"] = "for the supervisor; says one word",
        ["/sante/pret"] = "for the supervisor; says in two words how the database and the mail are",
        ["/agenda/{token}"] = "a calendar program cannot sign in: the address itself is the secret, and can be revoked",
        ["/csp"] = "browsers send it without cookies",
    };

    /// <param name="endpoints">Name and metadata of what the router serves: the path of a page's view, or the address of anything else.</param>
    public static IEnumerable<string> Permissions(IEnumerable<(string Name, EndpointMetadataCollection Metadata)> endpoints)
    {
        foreach (var (name, metadata) in endpoints)
        {
            var anonymous = metadata.GetMetadata<IAllowAnonymous>() is not null;
            var declared = (metadata.GetMetadata<RequiresAttribute>() is null ? 0 : 1) + (metadata.GetMetadata<SignedInAttribute>() is null ? 0 : 1) + (anonymous ? 1 : 0);
            if (declared == 0) yield return $"{name} says nobody may open it: give it [Requires(…)], [SignedIn] or [AllowAnonymous].";
            if (declared > 1) yield return $"{name} declares two permissions: the first that the filter reads would win.";
            if (anonymous && !Anonymous.ContainsKey(name)) yield return $"{name} is open to everybody and not on the reviewed list (PageRules.Anonymous): take [AllowAnonymous] away or write the reason there.";
        }
    }

    public static IEnumerable<string> AddressesOf(IEnumerable<string> pages) =>
        pages.Where(page => !page.StartsWith("/Accounts/", StringComparison.Ordinal) && !Addresses.Table.ContainsKey(page))
            .Select(page => $"{page} has no French address: give it a line in Addresses.Table.");
}
