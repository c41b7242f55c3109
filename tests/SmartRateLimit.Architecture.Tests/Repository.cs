namespace SmartRateLimit.Architecture.Tests;

/// <summary>The checkout that these tests run in. Where the compiler saw the sources is no help: a deterministic build maps it away.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    public static IEnumerable<string> SourceFiles(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    private static string FindRoot(string folder)
    {
        while (!File.Exists(Path.Combine(folder, "global.json")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException($"No checkout with a global.json contains {AppContext.BaseDirectory}.");
        }

        return folder;
    }
}
