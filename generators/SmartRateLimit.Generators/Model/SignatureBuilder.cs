using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SmartRateLimit.Binding;

namespace SmartRateLimit.Generators.Model;

/// <summary>Writes down how a method and the types around it are declared.</summary>
internal static class SignatureBuilder
{
    public static ContainerModel Container(INamedTypeSymbol type)
    {
        var types = new List<string>();
        for (var current = type; current is not null; current = current.ContainingType)
        {
            types.Insert(0, "partial " + Keyword(current) + " " + Identifier.Escape(current.Name) + TypeParameters(current.TypeParameters));
        }

        var space = type.ContainingNamespace;
        return new ContainerModel(space.IsGlobalNamespace ? null : TypeText.Of(space), new(types));
    }

    public static SignatureModel Signature(IMethodSymbol method, MethodDeclarationSyntax declaration) => new(
        string.Join(" ", declaration.Modifiers.Select(modifier => modifier.Text)),
        Identifier.Escape(method.Name),
        TypeParameters(method.TypeParameters),
        new(ConstraintText.OfPart(method, declaration)),
        new(ConstraintText.OfHelper(method)),
        new(method.Parameters.Zip(declaration.ParameterList.Parameters, Parameter)),
        method switch
        {
            { IsStatic: true } => "private static async",
            { IsReadOnly: true } => "private readonly async",
            _ => "private async",
        });

    /// <summary>The word before a type that is returned by reference.</summary>
    public static string ByReference(RefKind kind) => kind switch
    {
        RefKind.None => string.Empty,
        RefKind.Ref => "ref ",
        _ => "ref readonly ",
    };

    public static ReturnModel Return(MethodBinding binding)
    {
        var method = binding.Method;
        var prefix = ByReference(method.RefKind);
        return new ReturnModel(
            prefix + TypeText.Of(method.ReturnType),
            binding.Return.Shape,
            binding.Return.Result is { } result ? TypeText.Of(result) : null,
            method.ReturnsVoid,
            prefix.Length > 0,
            binding.IsWeb ? RejectedResult.Of(binding.Return.Result ?? method.ReturnType) : null);
    }

    private static ParameterModel Parameter(IParameterSymbol parameter, ParameterSyntax syntax)
    {
        var name = Identifier.Escape(parameter.Name);
        var type = TypeText.Of(parameter.Type);
        var modifiers = string.Concat(syntax.Modifiers.Select(modifier => modifier.Text + " "));
        return new ParameterModel(name, modifiers + type + " " + name, Expressions.Pass(parameter.RefKind) + name, type + " " + name);
    }

    public static string TypeParameters(IEnumerable<ITypeParameterSymbol> parameters)
    {
        var names = string.Join(", ", parameters.Select(parameter => Identifier.Escape(parameter.Name)));
        return names.Length == 0 ? string.Empty : "<" + names + ">";
    }

    private static string Keyword(INamedTypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Interface } => "interface",
        { TypeKind: TypeKind.Struct, IsRecord: true } => "record struct",
        { TypeKind: TypeKind.Struct } => "struct",
        { IsRecord: true } => "record",
        _ => "class",
    };
}
