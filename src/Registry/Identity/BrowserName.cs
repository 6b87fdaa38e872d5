namespace Registry.Identity;

/// <summary>The family of a browser and its system: enough for a person to recognise her session, too little to follow her (S-37).</summary>
public static class BrowserName
{
    public static string Of(HttpRequest request) => Of(request.Headers.UserAgent.ToString());

    public static string Of(string agent)
    {
        // The order matters: Edge and Opera also say Chrome, Chrome also says Safari.
        var browser = First(agent, ("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrom", "Chrome"), ("Safari/", "Safari"));
        var system = First(agent, ("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iOS"), ("iPad", "iOS"), ("Mac OS", "macOS"), ("Linux", "Linux"));
        return (browser, system) switch
        {
            (null, null) => "",
            (_, null) => browser!,
            (null, _) => system,
            _ => $"{browser} · {system}",
        };
    }

    private static string? First(string agent, params (string Sign, string Name)[] known) =>
        known.FirstOrDefault(k => agent.Contains(k.Sign, StringComparison.Ordinal)).Name;
}
