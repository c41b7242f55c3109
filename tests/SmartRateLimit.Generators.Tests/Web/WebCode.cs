using Microsoft.CodeAnalysis;
using SmartRateLimit.Compiling;

namespace SmartRateLimit.Generators.Tests.Web;

/// <summary>Runs the generator over texts of a project that references ASP.NET Core and the package for it.</summary>
internal static class WebCode
{
    private const string Usings = """
        global using Microsoft.AspNetCore.Builder;
        global using Microsoft.AspNetCore.Http;
        global using Microsoft.AspNetCore.Http.HttpResults;
        global using Microsoft.AspNetCore.Mvc;
        global using Microsoft.AspNetCore.Routing;
        global using SmartRateLimit.AspNetCore;
        """;

    public static CSharpProject Project(string text, OutputKind output = OutputKind.DynamicallyLinkedLibrary) =>
        CSharpProject.Of(text, Usings).WithWebPackage() with { Output = output };

    public static GeneratorRun From(string text, OutputKind output = OutputKind.DynamicallyLinkedLibrary) => Generated.From(Project(text, output));

    /// <summary>The lines that register functions.</summary>
    public static IEnumerable<string> Registrations(GeneratorRun run) => run.Sources
        .Where(source => source.HintName == "EndpointFunctions.g.cs")
        .SelectMany(source => source.SourceText.ToString().Split('\n'))
        .Select(line => line.Trim())
        .Where(line => line.StartsWith("global::SmartRateLimit.RateLimitFunctions.Add", StringComparison.Ordinal))
        .Select(line => line["global::SmartRateLimit.RateLimitFunctions.".Length..]);
}
