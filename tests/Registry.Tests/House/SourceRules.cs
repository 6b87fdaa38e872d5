using System.Text.RegularExpressions;
using Registry.Tests.Support;

namespace Registry.Tests.House;

/// <summary>The rules of the source, each a function from files to faults: so that a test can plant a hole and see it found.</summary>
public static partial class SourceRules
{
    /// <summary>Outside Data/, who may open a connection of its own, and why.</summary>
    private static readonly Dictionary<string, string> Openers = new()
    {
        ["Verbs.cs"] = "makes the database before any role of ours is in it",
        ["Demo/BenchData.cs"] = "copies a million records into a database of its own: COPY knows no policies",
    };

    /// <summary>SQL with a hole in it, and why no parameter could do.</summary>
    private static readonly Dictionary<string, string> Interpolators = new()
    {
        ["Verbs.cs"] = "the name of a database takes no parameter; it is quoted",
        ["Archives/ArchiveRows.cs"] = "the server itself writes the statements of an archive's tables from its catalogue, names quoted; no value is put into them",
    };

    /// <summary>Html.Raw, and what makes it safe there.</summary>
    private static readonly Dictionary<string, string> RawWriters = new()
    {
        ["Features/Shared/TagHelpers/FieldTagHelper.cs"] = "puts tags together from values that went through the encoder",
    };

    /// <summary>What a feature offers to others: one class named for what it answers.</summary>
    private static readonly Dictionary<string, string> Offered = new()
    {
        ["OrganisationStore"] = "Today lists the organisations within reach beside what waits in them",
    };

    private static readonly string[] Below = ["Data", "Access", "History", "Deadlines", "Facts", "Documents", "Files", "Mail", "Jobs"];

    /// <summary>Texts of messages live beside the pages; sign-in speaks with them.</summary>
    private static readonly string[] SharedWithIdentity = ["Registry.Features.Shared"];

    public static IEnumerable<string> Connections(IEnumerable<SourceFile> files) =>
        from file in files
        where file.Folder != "Data" && !Openers.ContainsKey(file.Path)
        from line in Found(file, OpensConnection())
        select $"{line} opens a connection: ask Db (a unit of work, S-53) or SignInDb for it.";

    public static IEnumerable<string> SqlWithHoles(IEnumerable<SourceFile> files) =>
        from file in files
        where !Interpolators.ContainsKey(file.Path)
        from line in Found(file, Interpolated()).Concat(Found(file, Concatenated())).DistinctBy(line => line.Split(' ')[0])
        select $"{line} puts a value into SQL: pass it as a parameter (S-11).";

    public static IEnumerable<string> SelectStar(IEnumerable<SourceFile> files) =>
        from file in files from line in Found(file, Star()) select $"{line} selects *: list the columns, a forgotten one must not come by itself.";

    public static IEnumerable<string> QueriesInViews(IEnumerable<SourceFile> files) =>
        from file in files where file.IsPage from line in Found(file, Injected()) select $"{line} queries from a view: the page model asks, the view shows.";

    public static IEnumerable<string> Clocks(IEnumerable<SourceFile> files) =>
        from file in files where file.Folder != "Demo" from line in Found(file, Clock()) select $"{line} reads the machine's clock: take TimeProvider, deadlines are tested.";

    public static IEnumerable<string> Arrows(IEnumerable<SourceFile> files)
    {
        foreach (var file in files)
        {
            if (Below.Contains(file.Folder))
                foreach (var line in Found(file, NamesFeature())) yield return $"{line} names a feature: what stands below knows none.";
            if (file.Folder == "Identity")
                foreach (var line in Found(file, NamesFeature()).Where(line => !SharedWithIdentity.Any(line.Contains)))
                    yield return $"{line} names a feature: sign-in knows only the texts of Shared/.";
            if (file.Folder != "Identity")
                foreach (var line in Found(file, NamesIdentitySchema())) yield return $"{line} names the schema identity: only Identity/ does.";
        }
    }

    /// <summary>Features do not call each other's stores.</summary>
    public static IEnumerable<string> ForeignStores(IEnumerable<SourceFile> files)
    {
        var all = files.ToList();
        var owners = all.Where(file => file.IsCode).SelectMany(file => Store().Matches(file.Text).Select(match => (Store: match.Groups[1].Value, file.Folder)))
            .Where(store => store.Folder.StartsWith("Features/", StringComparison.Ordinal)).DistinctBy(store => store.Store).ToDictionary(store => store.Store, store => store.Folder);
        foreach (var file in all.Where(file => file.Folder.StartsWith("Features/", StringComparison.Ordinal)))
            foreach (var (store, owner) in owners.Where(store => store.Value != file.Folder && !(Offered.ContainsKey(store.Key) && file.Folder == "Features/Today")))
                if (Regex.IsMatch(file.Text, $@"\b{store}\b", RegexOptions.None, TimeSpan.FromSeconds(1)))
                    yield return $"{file.Path} uses {store} of {owner}: let {owner} offer a small class named for what it answers.";
    }

    public static IEnumerable<string> Sizes(IEnumerable<SourceFile> files)
    {
        foreach (var file in files)
        {
            var (limit, kind) = file.Path switch
            {
                _ when file.IsPage => (220, "A page"),
                _ when file.Path.EndsWith(".cshtml.cs", StringComparison.Ordinal) => (150, "A page model"),
                _ when file.Path.EndsWith("Store.cs", StringComparison.Ordinal) => (250, "A store"),
                _ => (400, "A file"),
            };
            if (file.Lines >= limit) yield return $"{file.Path} has {file.Lines} lines. {kind} stays under {limit}: a second reason has moved in, give it a file.";
        }
    }

    public static IEnumerable<string> Markup(IEnumerable<SourceFile> files)
    {
        foreach (var file in files.Where(file => file.IsPage))
        {
            foreach (var line in Found(file, StyleOrHandler())) yield return $"{line} has a style or a handler in an attribute, which the policy blocks: a class, or the script (S-22).";
            foreach (var line in Found(file, BareScript())) yield return $"{line} has a script without nonce (S-22).";
        }
        foreach (var file in files.Where(file => !RawWriters.ContainsKey(file.Path)))
            foreach (var line in Found(file, Raw())) yield return $"{line} writes raw HTML: Razor encodes everything (S-12).";
    }

    private static IEnumerable<string> Found(SourceFile file, Regex pattern) =>
        pattern.Matches(file.Text).Select(match => $"{file.Path}:{file.Text.AsSpan(0, match.Index).Count('\n') + 1} ({match.Value.Trim().Split('\n')[0]})");

    [GeneratedRegex(@"new Npgsql(Connection|Command|Batch)\b|\.OpenConnection(Async)?\(|\.Open(Web|SignIn)Async\(|NpgsqlDataSource")]
    private static partial Regex OpensConnection();

    [GeneratedRegex("""\$+@?"{1,3}\s*(select|with|insert\s+into|update|delete\s+from|alter|create|drop|truncate|grant|call)\s[^"]*\{""", RegexOptions.IgnoreCase)]
    private static partial Regex Interpolated();

    [GeneratedRegex(""""
        "(select|insert\s+into|update|delete\s+from|alter|with)\s[^"]*"(""\s*)?\s*\+|(?:Execute|Query)\w*(?:<[^>]*>)?\(\s*(?:string\.(?:Format|Concat|Join)|\$")
        """", RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Concatenated();

    [GeneratedRegex(@"\bselect\s+(\w+\.)?\*", RegexOptions.IgnoreCase)]
    private static partial Regex Star();

    [GeneratedRegex(@"@inject\s+(?!IStringLocalizer\b)\S+\s+\S+|\.(Query|Execute)\w*Async|GetRequiredService<")]
    private static partial Regex Injected();

    [GeneratedRegex(@"\bDateTime(Offset)?\.(Now|UtcNow|Today)\b|Stopwatch\.StartNew")]
    private static partial Regex Clock();

    [GeneratedRegex(@"\bRegistry\.Features(\.\w+)*")]
    private static partial Regex NamesFeature();

    [GeneratedRegex(@"(?<![\w.])identity\.(account|session|passkey|recovery_code|link|passage|throttle|reenrolment|data_protection_key|calendar)\b")]
    private static partial Regex NamesIdentitySchema();

    [GeneratedRegex(@"\bclass\s+(\w+Store)\b")]
    private static partial Regex Store();

    [GeneratedRegex(@"<[^>]*\s(style|on[a-z]{3,})\s*=\s*[""']", RegexOptions.IgnoreCase)]
    private static partial Regex StyleOrHandler();

    [GeneratedRegex(@"<script(?![^>]*\bnonce=)[^>]*>", RegexOptions.IgnoreCase)]
    private static partial Regex BareScript();

    [GeneratedRegex(@"\bHtml\.Raw\(|\bnew HtmlString\((?!"")")]
    private static partial Regex Raw();
}
