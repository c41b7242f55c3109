namespace SmartRateLimit.Analyzers.Tests;

/// <summary>Finds the repository that the tests were built in.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "global.json")) ? folder : Find(Path.GetDirectoryName(folder)!);
}
