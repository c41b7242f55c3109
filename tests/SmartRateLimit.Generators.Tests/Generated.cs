using SmartRateLimit.Compiling;

namespace SmartRateLimit.Generators.Tests;

/// <summary>Runs the generator over texts.</summary>
internal static class Generated
{
    public static GeneratorRun From(params string[] texts) => From(CSharpProject.Of(texts));

    public static GeneratorRun From(CSharpProject project) => GeneratorRun.Of(project, new RateLimitedGenerator());

    /// <summary>Compiles a text, calls its <c>Scenario.Run</c> and returns what that says.</summary>
    public static async Task<string> RunAsync(GeneratorRun run)
    {
        using var assembly = run.Load();
        return assembly.Call("Scenario", "Run") switch
        {
            Task<string> task => await task,
            string text => text,
            var other => throw new InvalidOperationException($"Scenario.Run returned {other}."),
        };
    }

    public static Task<string> RunAsync(params string[] texts) => RunAsync(From(texts));
}
