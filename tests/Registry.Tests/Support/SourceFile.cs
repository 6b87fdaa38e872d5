namespace Registry.Tests.Support;

/// <summary>A file of src/Registry as the rules read it; a test that plants a hole makes one of its own.</summary>
public sealed record SourceFile(string Path, string Text)
{
    public static string Root { get; } = FindRoot();

    public bool IsPage => Path.EndsWith(".cshtml", StringComparison.Ordinal);
    public bool IsCode => Path.EndsWith(".cs", StringComparison.Ordinal);
    public int Lines => Text.AsSpan().TrimEnd('\n').Count('\n') + 1;

    /// <summary>The folder in src/Registry, and below Features/ the feature: "Data", "Features/Records".</summary>
    public string Folder => Path.Split('/') is ["Features", var feature, _, ..] ? "Features/" + feature : Path.Contains('/') ? Path[..Path.IndexOf('/')] : "";

    public static IReadOnlyList<SourceFile> All { get; } = Read();

    private static List<SourceFile> Read()
    {
        var source = System.IO.Path.Combine(Root, "src", "Registry");
        return [.. Directory.EnumerateFiles(source, "*.cs*", SearchOption.AllDirectories)
            .Select(file => System.IO.Path.GetRelativePath(source, file).Replace('\\', '/'))
            .Where(path => !path.StartsWith("obj/", StringComparison.Ordinal) && !path.StartsWith("bin/", StringComparison.Ordinal)
                && (path.EndsWith(".cs", StringComparison.Ordinal) || path.EndsWith(".cshtml", StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal)
            .Select(path => new SourceFile(path, File.ReadAllText(System.IO.Path.Combine(source, path))))];
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "Registry.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests run inside the repository: Registry.sln is not above them.");
    }
}
