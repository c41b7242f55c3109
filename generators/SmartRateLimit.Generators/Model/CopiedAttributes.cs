using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace SmartRateLimit.Generators.Model;

/// <summary>
/// The attributes that callers and analyzers would miss on a decorator's member: nullable contracts, trimming, platforms,
/// obsolescence, and what the compiler fills in about the caller.
/// </summary>
internal static class CopiedAttributes
{
    private static readonly HashSet<string> Namespaces = ["System.Diagnostics.CodeAnalysis", "System.Runtime.Versioning"];

    private static readonly HashSet<string> Names =
        ["System.ObsoleteAttribute", "System.CLSCompliantAttribute"];

    private static readonly HashSet<string> AboutCaller =
        ["CallerMemberNameAttribute", "CallerFilePathAttribute", "CallerLineNumberAttribute", "CallerArgumentExpressionAttribute"];

    /// <summary>Each list on a line of its own.</summary>
    public static IEnumerable<string> Of(ISymbol symbol) => Texts(symbol.GetAttributes()).Select(text => "[" + text + "]");

    public static IEnumerable<string> OfReturn(IMethodSymbol method) => Texts(method.GetReturnTypeAttributes()).Select(text => "[return: " + text + "]");

    /// <summary>What stands before a parameter; nothing about the caller where nobody can call the member by its name.</summary>
    public static string Before(IParameterSymbol parameter, bool isExplicit) => string.Concat(parameter.GetAttributes()
        .Where(attribute => IsCopied(attribute) || (!isExplicit && IsAboutCaller(attribute)))
        .Select(attribute => "[" + Text(attribute) + "] "));

    private static IEnumerable<string> Texts(IEnumerable<AttributeData> attributes) => attributes.Where(IsCopied).Select(Text);

    private static bool IsCopied(AttributeData attribute) => attribute.AttributeClass is { TypeKind: not TypeKind.Error } type
        && (Namespaces.Contains(type.ContainingNamespace.ToDisplayString()) || Names.Contains(type.ToDisplayString()))
        && type.DeclaredAccessibility == Accessibility.Public;

    private static bool IsAboutCaller(AttributeData attribute) =>
        attribute.AttributeClass is { } type && AboutCaller.Contains(type.Name);

    private static string Text(AttributeData attribute)
    {
        var arguments = attribute.ConstructorArguments.Select(Value)
            .Concat(attribute.NamedArguments.Select(named => Identifier.Escape(named.Key) + " = " + Value(named.Value)))
            .ToList();
        return TypeText.Of(attribute.AttributeClass!) + (arguments.Count == 0 ? string.Empty : "(" + string.Join(", ", arguments) + ")");
    }

    private static string Value(TypedConstant constant) => constant switch
    {
        { IsNull: true } => "null",
        { Kind: TypedConstantKind.Array } => "new " + TypeText.Of(constant.Type!) + " { " + string.Join(", ", constant.Values.Select(Value)) + " }",
        { Kind: TypedConstantKind.Type } => "typeof(" + TypeText.Of((ITypeSymbol)constant.Value!) + ")",
        { Kind: TypedConstantKind.Enum } => "(" + TypeText.Of(constant.Type!) + ")(" + SymbolDisplay.FormatPrimitive(constant.Value!, quoteStrings: true, useHexadecimalNumbers: false) + ")",
        _ => SymbolDisplay.FormatPrimitive(constant.Value!, quoteStrings: true, useHexadecimalNumbers: false)!,
    };
}
