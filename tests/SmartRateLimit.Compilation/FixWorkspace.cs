using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.Host.Mef;

namespace SmartRateLimit.Compiling;

/// <summary>A workspace that holds one project in memory.</summary>
internal sealed class FixWorkspace : IDisposable
{
    private readonly AdhocWorkspace _workspace = new(MefHostServices.DefaultHost);

    public FixWorkspace(CSharpProject project)
    {
        var id = ProjectId.CreateNewId();
        var solution = _workspace.CurrentSolution.AddProject(ProjectInfo.Create(
            id,
            VersionStamp.Default,
            project.Name,
            project.Name,
            LanguageNames.CSharp,
            compilationOptions: project.CompilationOptions,
            parseOptions: project.ParseOptions,
            metadataReferences: project.Assemblies));
        foreach (var file in project.AllFiles)
        {
            solution = solution.AddDocument(DocumentId.CreateNewId(id), file.Path, file.Content, filePath: file.FullPath);
        }

        Project = solution.GetProject(id)!;
    }

    public Project Project { get; }

    /// <summary>The files of a project as they are once an action was applied.</summary>
    public static async Task<CSharpProject> AfterAsync(CSharpProject before, Project project, CodeAction action, CancellationToken cancellationToken)
    {
        var operations = await action.GetOperationsAsync(cancellationToken);
        var changed = Assert.Single(operations.OfType<ApplyChangesOperation>()).ChangedSolution.GetProject(project.Id)!;
        var files = before.Files.ToArray();
        for (var index = 0; index < files.Length; index++)
        {
            var document = changed.Documents.Single(document => document.Name == files[index].Path);
            files[index] = files[index] with { Text = (await document.GetTextAsync(cancellationToken)).ToString() };
        }

        return before with { Files = [.. files] };
    }

    public void Dispose() => _workspace.Dispose();
}
