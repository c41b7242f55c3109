using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace SmartRateLimit.Generators.Incremental;

/// <summary>What a file asks for by its declarations alone. It is kept with the tree while all that it sees is the same.</summary>
internal sealed class BoundDeclarations
{
    private static readonly ConditionalWeakTable<SyntaxTree, BoundDeclarations> Known = new();

    private readonly string _key;
    private readonly Surroundings _surroundings;

    private BoundDeclarations(string key, Surroundings surroundings, BoundFile file, SyntaxNode[] inBodies) =>
        (_key, _surroundings, File, InBodies) = (key, surroundings, file, inBodies);

    public BoundFile File { get; }

    /// <summary>The annotated nodes that bodies make endpoints, or not.</summary>
    public SyntaxNode[] InBodies { get; }

    public static BoundDeclarations Of(SyntaxTree tree, SyntaxNode[] annotated, Compilation compilation, CancellationToken cancellationToken)
    {
        var surface = Surface.Of(compilation, cancellationToken);
        var key = surface.KeyOf(tree);
        if (Known.TryGetValue(tree, out var bound) && bound._key == key && bound._surroundings.AreSame(surface.Surroundings))
        {
            return bound;
        }

        bound = Bind(key, surface.Surroundings, annotated, compilation, cancellationToken);
        Known.Remove(tree);
        return Known.GetValue(tree, _ => bound);
    }

    private static BoundDeclarations Bind(string key, Surroundings surroundings, SyntaxNode[] annotated, Compilation compilation, CancellationToken cancellationToken)
    {
        var binder = new NodeBinder(compilation, cancellationToken);
        var inBodies = new List<SyntaxNode>();
        foreach (var node in annotated)
        {
            if (!binder.TryBind(node))
            {
                inBodies.Add(node);
            }
        }

        return new BoundDeclarations(key, surroundings, binder.ToFile(), [.. inBodies]);
    }
}
