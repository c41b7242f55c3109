using Microsoft.CodeAnalysis;
using SmartRateLimit.Generators.Model;

namespace SmartRateLimit.Generators.Incremental;

/// <summary>Finds what the files of a compilation ask for, and binds again only what sees something that changed.</summary>
internal static class FileBinder
{
    /// <returns>One for each file, so that every file keeps its place.</returns>
    public static IEnumerable<BoundFile> BindAll(Compilation compilation, CancellationToken cancellationToken)
    {
        var hasGlobalAlias = compilation.SyntaxTrees.Any(tree => Candidates.Of(tree, cancellationToken).HasGlobalAlias);
        return compilation.SyntaxTrees.Select(tree => Bind(tree, hasGlobalAlias, compilation, cancellationToken));
    }

    private static BoundFile Bind(SyntaxTree tree, bool hasGlobalAlias, Compilation compilation, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var file = BoundFile.Empty;
        var candidates = Candidates.Of(tree, cancellationToken);
        if (candidates.Annotated(hasGlobalAlias) is { Length: > 0 } annotated)
        {
            var bound = BoundDeclarations.Of(tree, annotated, compilation, cancellationToken);
            file = bound.File;
            if (bound.InBodies.Length > 0)
            {
                var binder = new NodeBinder(compilation, cancellationToken);
                file = file with { Functions = new(file.Functions.Concat(bound.InBodies.SelectMany(binder.MappedFunctions))) };
            }
        }

        if (candidates.Registrations.Length == 0)
        {
            return file;
        }

        var model = compilation.GetSemanticModel(tree);
        return file with { Closed = new(candidates.Registrations.Select(name => ClosedDecorator.Of(name, model, cancellationToken)).OfType<ClosedDecorator>()) };
    }
}
