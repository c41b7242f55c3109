using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SmartRateLimit.Generators.Model;

namespace SmartRateLimit.Generators.Incremental;

/// <summary>What a file may have for the generator, by its syntax alone. Found once for each tree.</summary>
internal sealed class Candidates
{
    private const string Name = "RateLimited";
    private const string Suffix = "Attribute";

    private static readonly ConditionalWeakTable<SyntaxTree, Candidates> Known = new();

    private readonly SyntaxNode[] _named = [];
    private readonly Lazy<SyntaxNode[]> _any;

    private Candidates(SyntaxTree tree, CancellationToken cancellationToken)
    {
        var root = (CompilationUnitSyntax)tree.GetRoot(cancellationToken);
        _any = new(() => [.. root.DescendantNodes().Where(node => Attributes(node).Any())]);
        HasGlobalAlias = root.Usings.Any(directive => directive is { GlobalKeyword.RawKind: not 0, Alias: not null });
        if (MayMention(tree.GetText(cancellationToken).ToString()))
        {
            var nodes = root.DescendantNodes().ToList();
            var names = new HashSet<string>(nodes.OfType<UsingDirectiveSyntax>().Select(directive => Short(directive.Alias?.Name)).Append(Name), StringComparer.Ordinal);
            _named = [.. nodes.Where(node => Attributes(node).Any(attribute => names.Contains(Short(attribute.Name))))];
            Registrations = [.. nodes.Where(ClosedDecorator.IsCandidate).Cast<GenericNameSyntax>()];
        }
    }

    /// <summary>Calls that may register a decorator.</summary>
    public GenericNameSyntax[] Registrations { get; } = [];

    /// <summary>Whether the file names types for all files: then the attribute may have any name.</summary>
    public bool HasGlobalAlias { get; }

    public static Candidates Of(SyntaxTree tree, CancellationToken cancellationToken)
    {
        if (!Known.TryGetValue(tree, out var candidates))
        {
            candidates = new Candidates(tree, cancellationToken);
            candidates = Known.GetValue(tree, _ => candidates);
        }

        return candidates;
    }

    /// <summary>Types, methods, local functions and lambdas with attributes of which one may be ours.</summary>
    public SyntaxNode[] Annotated(bool hasGlobalAlias) => hasGlobalAlias ? _any.Value : _named;

    /// <summary>A name may be spelled with escapes, or with characters that do not count; then only the parser knows it.</summary>
    private static bool MayMention(string text) =>
        text.Contains(Name) || text.Contains("\\u") || text.Contains("\\U") || text.Any(c => c > '\u007f');

    private static IEnumerable<AttributeSyntax> Attributes(SyntaxNode node)
    {
        var lists = node switch
        {
            BaseTypeDeclarationSyntax type => type.AttributeLists,
            MethodDeclarationSyntax method => method.AttributeLists,
            LocalFunctionStatementSyntax function => function.AttributeLists,
            LambdaExpressionSyntax lambda => lambda.AttributeLists,
            _ => default,
        };
        return lists.SelectMany(list => list.Attributes);
    }

    private static string Short(NameSyntax? name)
    {
        var text = name switch
        {
            QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
            AliasQualifiedNameSyntax qualified => qualified.Name.Identifier.ValueText,
            SimpleNameSyntax simple => simple.Identifier.ValueText,
            _ => string.Empty,
        };
        return text.EndsWith(Suffix, StringComparison.Ordinal) ? text.Substring(0, text.Length - Suffix.Length) : text;
    }
}
