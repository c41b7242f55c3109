using System.Diagnostics;
using Microsoft.CodeAnalysis.CSharp;
using SmartRateLimit.Compiling;

namespace SmartRateLimit.Benchmarks.Generation;

/// <summary>A build from nothing but texts, as far as the assembly's bytes.</summary>
internal static class ColdBuild
{
    /// <returns>Milliseconds.</returns>
    public static double Plain() => Time(LargeProject.Plain, compilation => compilation);

    /// <returns>Milliseconds, with what the generator writes compiled as well.</returns>
    public static double Limited() => Time(LargeProject.Limited, compilation =>
    {
        _ = Editor.NewDriver(LargeProject.Limited).RunGeneratorsAndUpdateCompilation(compilation, out var whole, out _);
        return (CSharpCompilation)whole;
    });

    /// <returns>Milliseconds, with no generator, where every method asks the limiter itself.</returns>
    public static double ByHand() => Time(LargeProject.ByHand, compilation => compilation);

    /// <returns>Milliseconds that the generator takes of such a build.</returns>
    public static double GeneratorAlone()
    {
        var compilation = LargeProject.Limited.Compile();
        var began = Stopwatch.GetTimestamp();
        _ = Editor.NewDriver(LargeProject.Limited).RunGenerators(compilation);
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    private static double Time(CSharpProject project, Func<CSharpCompilation, CSharpCompilation> generate)
    {
        var began = Stopwatch.GetTimestamp();
        var result = generate(project.Compile()).Emit(Stream.Null);
        var took = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        return result.Success ? took : throw new InvalidOperationException(result.Diagnostics.First().ToString());
    }
}
