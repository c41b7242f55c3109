using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace SmartRateLimit.Compiling;

/// <summary>Applies one code fix provider to a project, the way an editor does.</summary>
/// <param name="Analyzers">The analyzers that report what it fixes.</param>
/// <param name="Fix">The provider.</param>
/// <param name="Generator">The generator that runs before the analyzers do.</param>
public sealed record CodeFixRun(ImmutableArray<DiagnosticAnalyzer> Analyzers, CodeFixProvider Fix, IIncrementalGenerator Generator)
{
    /// <summary>The titles offered for the project's first fixable diagnostic.</summary>
    public async Task<ImmutableArray<string>> TitlesAsync(CSharpProject project, CancellationToken cancellationToken)
    {
        using var workspace = new FixWorkspace(project);
        var diagnostics = await FixableAsync(workspace.Project, project, cancellationToken);
        return diagnostics.IsEmpty ? [] : [.. (await ActionsAsync(workspace.Project, diagnostics[0], cancellationToken)).Select(action => action.Title)];
    }

    /// <summary>The project after one fix of its first fixable diagnostic: the fix of that title or equivalence key, or else the first.</summary>
    public async Task<CSharpProject> ApplyAsync(CSharpProject project, string? choice, CancellationToken cancellationToken)
    {
        using var workspace = new FixWorkspace(project);
        var diagnostics = await FixableAsync(workspace.Project, project, cancellationToken);
        Assert.False(diagnostics.IsEmpty, "Nothing fixable is reported.");
        var actions = await ActionsAsync(workspace.Project, diagnostics[0], cancellationToken);
        return await FixWorkspace.AfterAsync(project, workspace.Project, Choose(actions, choice), cancellationToken);
    }

    /// <summary>The project after "fix all in project" for the fix that <see cref="ApplyAsync"/> would choose.</summary>
    public async Task<CSharpProject> ApplyAllAsync(CSharpProject project, string? choice, CancellationToken cancellationToken)
    {
        using var workspace = new FixWorkspace(project);
        var diagnostics = await FixableAsync(workspace.Project, project, cancellationToken);
        Assert.False(diagnostics.IsEmpty, "Nothing fixable is reported.");
        var chosen = Choose(await ActionsAsync(workspace.Project, diagnostics[0], cancellationToken), choice);

        var everywhere = Fix.GetFixAllProvider();
        Assert.NotNull(everywhere);
        var context = new FixAllContext(
            workspace.Project.GetDocument(diagnostics[0].Location.SourceTree)!,
            Fix,
            FixAllScope.Project,
            chosen.EquivalenceKey!,
            [diagnostics[0].Id],
            new KnownDiagnostics(diagnostics),
            cancellationToken);
        var action = await everywhere.GetFixAsync(context);
        Assert.NotNull(action);
        return await FixWorkspace.AfterAsync(project, workspace.Project, action, cancellationToken);
    }

    private static CodeAction Choose(ImmutableArray<CodeAction> actions, string? choice)
    {
        Assert.NotEmpty(actions);
        var chosen = choice is null ? actions[0] : actions.FirstOrDefault(action => action.Title == choice || action.EquivalenceKey == choice);
        Assert.True(chosen is not null, $"No fix '{choice}' among: {string.Join(", ", actions.Select(action => action.Title))}");
        return chosen;
    }

    private async Task<ImmutableArray<CodeAction>> ActionsAsync(Project project, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        var actions = ImmutableArray.CreateBuilder<CodeAction>();
        var document = project.GetDocument(diagnostic.Location.SourceTree)!;
        await Fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), cancellationToken));
        return actions.ToImmutable();
    }

    private async Task<ImmutableArray<Diagnostic>> FixableAsync(Project project, CSharpProject settings, CancellationToken cancellationToken)
    {
        var compilation = (CSharpCompilation)(await project.GetCompilationAsync(cancellationToken))!;
        CSharpGeneratorDriver.Create(Generator).RunGeneratorsAndUpdateCompilation(compilation, out var generated, out _, cancellationToken);
        var reported = await AnalyzerRun.ReportsAsync((CSharpCompilation)generated, settings.EditorConfig, Analyzers, cancellationToken);
        return [.. reported.Where(diagnostic => Fix.FixableDiagnosticIds.Contains(diagnostic.Id))];
    }
}
