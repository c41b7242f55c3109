using System.Runtime.CompilerServices;

namespace SmartRateLimit.Architecture.Tests;

/// <summary>The checkout that these tests were compiled from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot(ThisFile());

    public static IEnumerable<string> SourceFiles(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    private static string FindRoot(string file)
    {
        var folder = Directory.GetParent(file);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "global.json")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException($"No checkout with a global.json contains {file}.");
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
