using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace SmartRateLimit.Compiling;

/// <summary>A C# project in memory: texts and settings, from which compilations and workspaces are made.</summary>
public sealed record CSharpProject
{
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using SmartRateLimit;
        """;

    public string Name { get; init; } = "Consumer";

    public ImmutableArray<SourceFile> Files { get; init; } = [];

    public LanguageVersion Language { get; init; } = LanguageVersion.Latest;

    public NullableContextOptions Nullable { get; init; } = NullableContextOptions.Enable;

    public OutputKind Output { get; init; } = OutputKind.DynamicallyLinkedLibrary;

    public ImmutableArray<string> Symbols { get; init; } = [];

    public ImmutableArray<MetadataReference> Assemblies { get; init; } = References.SmartRateLimit;

    /// <summary>The text of an <c>.editorconfig</c> at the project's root.</summary>
    public string EditorConfig { get; init; } = "";

    /// <summary>Whether a file of global usings comes with the project.</summary>
    public bool ImplicitUsings { get; init; } = true;

    /// <summary>Whether XML documentation is checked, as <c>GenerateDocumentationFile</c> does.</summary>
    public bool Documented { get; init; }

    /// <summary>Whether code may be unsafe.</summary>
    public bool AllowUnsafe { get; init; }

    /// <summary>A library of these files, named <c>Test0.cs</c>, <c>Test1.cs</c> and so on.</summary>
    public static CSharpProject Of(params string[] texts) => new()
    {
        Files = [.. texts.Select((text, index) => new SourceFile($"Test{index}.cs", text))],
    };

    public CSharpProject With(string path, string text) => this with { Files = Files.Add(new SourceFile(path, text)) };

    public CSharpProject WithAspNetCore() => this with { Assemblies = Assemblies.AddRange(References.AspNetCore) };

    /// <summary>With ASP.NET Core and the product's package for it.</summary>
    public CSharpProject WithWebPackage() => this with { Assemblies = Assemblies.AddRange(References.Web) };

    public CSharpParseOptions ParseOptions => CSharpParseOptions.Default
        .WithLanguageVersion(Language)
        .WithPreprocessorSymbols(Symbols)
        .WithDocumentationMode(Documented ? DocumentationMode.Diagnose : DocumentationMode.Parse);

    public CSharpCompilationOptions CompilationOptions => new CSharpCompilationOptions(Output, warningLevel: 9999, allowUnsafe: AllowUnsafe)
        .WithNullableContextOptions(Nullable)
        .WithSyntaxTreeOptionsProvider(EditorConfigFile.SeveritiesOf(EditorConfig));

    /// <summary>The project's own files and the global usings.</summary>
    public ImmutableArray<SourceFile> AllFiles =>
        ImplicitUsings ? Files.Add(new SourceFile("GlobalUsings.cs", Usings)) : Files;

    public CSharpCompilation Compile() => CSharpCompilation.Create(
        Name,
        AllFiles.Select(file => CSharpSyntaxTree.ParseText(file.Content, ParseOptions, file.FullPath)),
        Assemblies,
        CompilationOptions);
}
