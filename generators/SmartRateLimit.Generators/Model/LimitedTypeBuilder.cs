using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SmartRateLimit.Binding;

namespace SmartRateLimit.Generators.Model;

/// <summary>Gathers the limited methods that a file declares in a type.</summary>
internal sealed class LimitedTypeBuilder(INamedTypeSymbol type, Compilation compilation)
{
    private readonly LimitsNames _limits = new(type.Name, NamesAround(type), SpaceOf(type, compilation));
    private readonly List<LimitedMethod> _methods = [];
    private readonly HashSet<string> _reported = new(StringComparer.Ordinal);
    private string? _identity;

    public void Add(MethodBinding binding, MethodDeclarationSyntax declaration)
    {
        _identity ??= PolicyName.Signature(binding.Method) + type.MetadataName;
        _methods.Add(ModelBuilder.Build(binding, declaration, _limits));
        _reported.UnionWith(ReportedIds.Of(binding));
    }

    /// <summary>The first method gives the file its name: no other file declares that one.</summary>
    public LimitedType Build() => new(
        ModelBuilder.HintName(type.Name, type.ContainingType, _identity!),
        SignatureBuilder.Container(type),
        _limits.Class,
        new(_methods),
        ReportedIds.Sorted(_reported));

    /// <summary>The namespace of a type, as all assemblies fill it.</summary>
    public static INamespaceSymbol SpaceOf(INamedTypeSymbol type, Compilation compilation) =>
        compilation.GetCompilationNamespace(type.ContainingNamespace) ?? type.ContainingNamespace;

    /// <summary>Every name that one of its methods would find before a type of the generated file.</summary>
    private static HashSet<string> NamesAround(INamedTypeSymbol type)
    {
        var names = ModelBuilder.NamesAround(type);
        foreach (var method in type.GetMembers().OfType<IMethodSymbol>())
        {
            names.UnionWith(ModelBuilder.OwnNames(method));
        }

        return names;
    }
}
