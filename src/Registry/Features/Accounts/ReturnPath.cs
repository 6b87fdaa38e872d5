using Microsoft.AspNetCore.Mvc;

namespace Registry.Features.Accounts;

/// <summary>Where to go after signing in: a local page, or home. Any other address is ignored (S-20).</summary>
internal static class ReturnPath
{
    public static string Local(IUrlHelper url, string? path) =>
        path is { Length: <= 2000 } && url.IsLocalUrl(path) && !path.StartsWith('~') && !path.StartsWith("/deconnexion", StringComparison.Ordinal)
            ? path
            : "/";
}
