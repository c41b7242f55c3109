using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using SmartRateLimit.Compiling;
using SmartRateLimit.Generators;

namespace SmartRateLimit.Analyzers.Tests;

/// <summary>Runs all analyzers after the generator, as a build does.</summary>
internal static class Check
{
    public static ImmutableArray<DiagnosticAnalyzer> Analyzers { get; } =
    [
        .. typeof(Descriptors).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(DiagnosticAnalyzer)))
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    /// <summary>Asserts that exactly what is marked is reported.</summary>
    public static Task Reports(string marked) => Reports(CSharpProject.Of(), marked);

    /// <summary>Asserts that exactly what is marked is reported in a project with ASP.NET Core.</summary>
    public static Task ReportsWithAspNetCore(string marked) => Reports(CSharpProject.Of().WithAspNetCore(), marked);

    public static Task IsSilent(string text) => Reports(text);

    public static Task IsSilentWithAspNetCore(string text) => ReportsWithAspNetCore(text);

    /// <summary>Asserts that exactly what is marked is reported in a project with the product's package for ASP.NET Core.</summary>
    public static Task ReportsWithWebPackage(string marked) => Reports(CSharpProject.Of().WithWebPackage(), marked);

    public static async Task Reports(CSharpProject project, string marked)
    {
        var markup = Markup.Parse(marked);
        DiagnosticAssert.Match(markup, await Diagnostics(project.With("Test.cs", markup.Text)));
    }

    public static Task<ImmutableArray<Diagnostic>> Diagnostics(CSharpProject project) =>
        AnalyzerRun.ReportsAsync(project, new RateLimitedGenerator(), Analyzers, TestContext.Current.CancellationToken);

    /// <summary>The only diagnostic of a text, with its message.</summary>
    public static async Task<Diagnostic> Single(string text) => Assert.Single(await Diagnostics(CSharpProject.Of(text)));
}
