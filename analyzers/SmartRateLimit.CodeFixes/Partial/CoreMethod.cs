using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace SmartRateLimit.CodeFixes;

/// <summary>The method that holds a limited method's body: the same name and <c>Core</c>.</summary>
internal sealed class CoreMethod(MethodDeclarationSyntax method, IMethodSymbol symbol, SemanticModel model)
{
    public string Name { get; } = symbol.Name + "Core";

    /// <summary>Whether the type already has a method that the declaration would collide with.</summary>
    public bool Exists => symbol.ContainingType
        .GetMembers(Name)
        .OfType<IMethodSymbol>()
        .Any(other => Signatures.AreEqual(other, symbol));

    /// <summary>The attributes that the body needs, each list ready to stand on a line of its own.</summary>
    public IEnumerable<string> Attributes => BodyAttributes.Of(method.AttributeLists, model).Select(list => list.WithoutTrivia().ToString());

    /// <summary>The declaration without attributes and body, as the developer formatted the method's own.</summary>
    public string Declaration =>
        string.Join(" ", Modifiers.Append(method.ReturnType.ToString()).Append(Name))
        + method.TypeParameterList?.WithoutTrivia()
        + CoreParameters.Of(method.ParameterList, model)
        + Constraints;

    private IEnumerable<string> Modifiers => CoreVisibility.Of(symbol, Name).Concat(method.Modifiers.Where(IsKept).Select(modifier => modifier.Text));

    private static bool IsKept(SyntaxToken modifier) => modifier.Kind()
        is SyntaxKind.StaticKeyword or SyntaxKind.AsyncKeyword or SyntaxKind.UnsafeKeyword or SyntaxKind.ReadOnlyKeyword;

    /// <summary>An override inherits its constraints; a private method must repeat them.</summary>
    private string Constraints => (symbol.IsOverride, CoreVisibility.IsOverride(symbol, Name)) switch
    {
        (true, true) => string.Empty,
        (true, false) => TypeConstraints.Of(symbol),
        _ => WrittenConstraints,
    };

    private string WrittenConstraints => method.ConstraintClauses.Count == 0
        ? string.Empty
        : method.SyntaxTree.GetText().ToString(TextSpan.FromBounds(method.ParameterList.Span.End, method.ConstraintClauses.Last().Span.End));
}
