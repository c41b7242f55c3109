using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace SmartRateLimit.Compiling;

/// <summary>What a generator made of a compilation.</summary>
public sealed class GeneratorRun
{
    private readonly GeneratorDriver _driver;
    private readonly CSharpCompilation _input;

    private GeneratorRun(GeneratorDriver driver, CSharpCompilation input)
    {
        _driver = driver.RunGeneratorsAndUpdateCompilation(input, out var output, out var diagnostics);
        _input = input;
        Compilation = (CSharpCompilation)output;
        Diagnostics = diagnostics;
    }

    /// <summary>The compilation together with what was generated.</summary>
    public CSharpCompilation Compilation { get; }

    /// <summary>What the driver and the generators themselves reported.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; }

    public GeneratorRunResult Result => Assert.Single(_driver.GetRunResult().Results);

    /// <summary>The generated texts by hint name, in the order they were added.</summary>
    public ImmutableArray<GeneratedSourceResult> Sources => Result.GeneratedSources;

    /// <summary>The only generated text.</summary>
    public string SingleText => Assert.Single(Sources).SourceText.ToString();

    public static GeneratorRun Of(CSharpProject project, IIncrementalGenerator generator) =>
        new(
            CSharpGeneratorDriver.Create(
                [generator.AsSourceGenerator()],
                parseOptions: project.ParseOptions,
                optionsProvider: EditorConfigFile.OptionsOf(project.EditorConfig),
                driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true)),
            project.Compile());

    /// <summary>Runs the same driver again over an edited compilation: what did not change comes from its cache.</summary>
    public GeneratorRun After(Func<CSharpCompilation, CSharpCompilation> edit) => new(_driver, edit(_input));

    /// <summary>Why each output of the steps of that name was computed in this run.</summary>
    public ImmutableArray<IncrementalStepRunReason> Reasons(string trackingName) =>
    [
        .. Result.TrackedSteps.TryGetValue(trackingName, out var steps)
            ? steps.SelectMany(step => step.Outputs).Select(output => output.Reason)
            : [],
    ];

    /// <summary>Asserts that neither the generator nor the compiler has anything to say, warnings included.</summary>
    public GeneratorRun AssertClean()
    {
        Assert.Null(Result.Exception);
        Assert.Empty(Diagnostics);
        CompilationAssert.IsClean(Compilation, [.. Sources.Select(source => source.SourceText.ToString())]);
        return this;
    }

    /// <summary>Asserts <see cref="AssertClean"/> and loads the assembly into this process.</summary>
    public LoadedAssembly Load()
    {
        AssertClean();
        return LoadedAssembly.From(Compilation);
    }
}
