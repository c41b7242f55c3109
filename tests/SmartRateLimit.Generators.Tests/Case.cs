using Microsoft.CodeAnalysis.CSharp;
using SmartRateLimit.Compiling;

namespace SmartRateLimit.Generators.Tests;

/// <summary>The files of the Cases folder: each is a program whose <c>Scenario.Run</c> says how its calls ended.</summary>
internal static class Case
{
    private const string Probe = "Probe";

    public static IEnumerable<string> Names { get; } =
    [
        .. Directory.EnumerateFiles(TestFolder.PathOf("Cases"), "*.cs")
            .Select(path => Path.GetFileNameWithoutExtension(path))
            .Where(name => name != Probe)
            .Order(StringComparer.Ordinal),
    ];

    public static CSharpProject Project(string name, LanguageVersion language = LanguageVersion.Latest) =>
        CSharpProject.Of("global using System.Linq;", Read(Probe), Read(name)) with { Language = language };

    public static string ProbeText { get; } = Read(Probe);

    private static string Read(string name) => File.ReadAllText(TestFolder.PathOf("Cases", name + ".cs"));
}
