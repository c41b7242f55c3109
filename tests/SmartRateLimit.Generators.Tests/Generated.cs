using Microsoft.CodeAnalysis;
using SmartRateLimit.Compiling;

namespace SmartRateLimit.Generators.Tests;

/// <summary>Runs the generator over texts.</summary>
internal static class Generated
{
    public static GeneratorRun From(params string[] texts) => From(CSharpProject.Of(texts));

    public static GeneratorRun From(CSharpProject project) => GeneratorRun.Of(project, new RateLimitedGenerator());

    /// <summary>The files that limit; the others belong to methods with an error, and throw.</summary>
    public static IReadOnlyList<GeneratedSourceResult> Limits(GeneratorRun run) =>
        [.. run.Sources.Where(source => source.SourceText.ToString().Contains("RateLimitPolicy.Parse(", StringComparison.Ordinal))];
}
