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

    /// <summary>What the generator writes, as somebody would have written it: the least that its methods cost.</summary>
    public static CSharpProject Written { get; } = LargeProject.Limited with
    {
        Files = LargeProject.Limited.Files.AddRange(Editor.NewDriver(LargeProject.Limited).RunGenerators(LargeProject.Limited.Compile()).GetRunResult()
            .GeneratedTrees.Select((tree, index) => new SourceFile($"Written{index}.cs", tree.ToString()))),
    };

    /// <returns>Milliseconds, with no generator.</returns>
    public static double WithoutGenerator() => Time(Written, compilation => compilation);

    private static double Time(CSharpProject project, Func<CSharpCompilation, CSharpCompilation> generate)
    {
        var began = Stopwatch.GetTimestamp();
        var result = generate(project.Compile()).Emit(Stream.Null);
        var took = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        return result.Success ? took : throw new InvalidOperationException(result.Diagnostics.First().ToString());
    }
}
