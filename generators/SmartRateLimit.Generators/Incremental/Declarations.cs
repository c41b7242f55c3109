using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace SmartRateLimit.Generators.Incremental;

/// <summary>Walks the declarations of a file, without going into bodies, and finds what binding can see of them.</summary>
internal sealed class Declarations
{
    private static readonly string[] WellKnown = [".System", ".Microsoft", ".SmartRateLimit"];

    private readonly List<TextSpan> _bodies = [];

    public HashSet<string> Types { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Namespaces { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether every file sees what this one declares: global usings, attributes of the assembly.</summary>
    public bool AreGlobal { get; private set; }

    public static Declarations Of(SyntaxNode root)
    {
        var declarations = new Declarations();
        declarations.Walk(root, string.Empty);
        return declarations;
    }

    /// <summary>The text of the file without its bodies; a mark stands where one was.</summary>
    public string TextWithoutBodies(string text)
    {
        var rest = new StringBuilder(text.Length);
        var start = 0;
        foreach (var body in _bodies)
        {
            rest.Append(text, start, body.Start - start).Append('\u0001');
            start = body.End;
        }

        return rest.Append(text, start, text.Length - start).ToString();
    }

    private void Walk(SyntaxNode node, string space)
    {
        foreach (var child in node.ChildNodes())
        {
            switch (child)
            {
                case BaseNamespaceDeclarationSyntax inner:
                    var name = space + "." + inner.Name.ToString().Replace(" ", string.Empty);
                    Namespaces.Add(name);
                    AreGlobal |= IsWellKnown(name);
                    Walk(inner, name);
                    break;
                case BaseTypeDeclarationSyntax type:
                    Types.Add(type.Identifier.ValueText);
                    Walk(type, space);
                    break;
                case DelegateDeclarationSyntax type:
                    Types.Add(type.Identifier.ValueText);
                    break;
                case GlobalStatementSyntax:
                    Types.Add("Program");
                    break;
                case UsingDirectiveSyntax { GlobalKeyword.RawKind: not 0 } or ExternAliasDirectiveSyntax or AttributeListSyntax { Target: not null, Parent: CompilationUnitSyntax }:
                    AreGlobal = true;
                    break;
                case BaseMethodDeclarationSyntax method:
                    Skip((SyntaxNode?)method.Body ?? method.ExpressionBody);
                    break;
                case BasePropertyDeclarationSyntax property:
                    SkipAccessors(property);
                    break;
            }
        }
    }

    private void SkipAccessors(BasePropertyDeclarationSyntax property)
    {
        foreach (var accessor in property.AccessorList?.Accessors ?? default)
        {
            SkipAccessor((SyntaxNode?)accessor.Body ?? accessor.ExpressionBody);
        }

        SkipAccessor(property switch
        {
            PropertyDeclarationSyntax { ExpressionBody: { } body } => body,
            IndexerDeclarationSyntax { ExpressionBody: { } body } => body,
            _ => null,
        });
    }

    /// <summary>An accessor that reads its <c>field</c> declares one.</summary>
    private void SkipAccessor(SyntaxNode? body)
    {
        if (body?.DescendantTokens().Any(token => token.ValueText == "field") == false)
        {
            Skip(body);
        }
    }

    /// <summary>A directive in a body goes on after it: <c>#nullable</c>.</summary>
    private void Skip(SyntaxNode? body)
    {
        if (body is { ContainsDirectives: false })
        {
            _bodies.Add(body.Span);
        }
    }

    /// <summary>The namespaces whose types the compiler and binding know by name, without any file that mentions them.</summary>
    private static bool IsWellKnown(string space) =>
        WellKnown.Any(known => space.StartsWith(known, StringComparison.Ordinal));
}
