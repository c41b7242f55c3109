using SmartRateLimit.Compiling;

namespace SmartRateLimit.Generators.Tests;

/// <summary>Runs the generator over texts.</summary>
internal static class Generated
{
    public static GeneratorRun From(params string[] texts) => From(CSharpProject.Of(texts));

    public static GeneratorRun From(CSharpProject project) => GeneratorRun.Of(project, new RateLimitedGenerator());
}
