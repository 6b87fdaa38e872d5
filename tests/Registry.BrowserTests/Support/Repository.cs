namespace Registry.BrowserTests.Support;

/// <summary>Where the checkout stands, seen from the tests' own folder.</summary>
public static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "Registry.sln")) ? folder
        : Directory.GetParent(folder) is { } parent ? Find(parent.FullName)
        : throw new InvalidOperationException("The tests do not stand in a checkout.");
}
