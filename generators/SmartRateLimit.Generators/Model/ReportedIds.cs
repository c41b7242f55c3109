using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SmartRateLimit.Binding;

namespace SmartRateLimit.Generators.Model;

/// <summary>
/// The ids that the compiler reports wherever a symbol is named: of <c>[Experimental]</c>, and of <c>[Obsolete]</c> with an
/// id of its own. Authors answer them where they name the symbol themselves; no <c>#pragma</c> of theirs reaches generated code.
/// </summary>
internal static class ReportedIds
{
    /// <summary>What the compiler says of every public class with members that the common language specification leaves out.</summary>
    private static readonly string[] OfCompliance = ["CS3001", "CS3002", "CS3003", "CS3005", "CS3006", "CS3007", "CS3008", "CS3009", "CS3024"];

    /// <summary>Most types are named again and again, and those of the framework have many attributes.</summary>
    private static readonly ConditionalWeakTable<ISymbol, string[]> Known = new();

    public static EquatableArray<string> Sorted(IEnumerable<string> ids) => new(ids.Distinct().OrderBy(id => id, StringComparer.Ordinal));

    /// <summary>Of what a limited method names.</summary>
    public static IEnumerable<string> Of(MethodBinding binding) => OfSignature(binding.Method)
        .Concat(OfSymbol(binding.Core))
        .Concat(OfSymbol(binding.Limiter?.Source))
        .Concat(binding.Values.SelectMany(Of));

    /// <summary>Of what a value is read from.</summary>
    public static IEnumerable<string> Of(ValueBinding value) => OfSymbol(value.Root)
        .Concat(value.Root is IParameterSymbol ? [] : Of(value.Root.ContainingType))
        .Concat(value.Steps.SelectMany(step => OfSymbol(step.Member)));

    /// <summary>Of what a decorator names; in an assembly that says to be compliant also what its interface answers already.</summary>
    public static EquatableArray<string> OfDecorator(INamedTypeSymbol face, IEnumerable<MethodBinding> limited, Compilation compilation) => Sorted(
        DecoratorSite.Closure(face).SelectMany(Of)
            .Concat(DecoratorSite.Closure(face).SelectMany(part => part.GetMembers()).SelectMany(OfMember))
            .Concat(limited.SelectMany(Of))
            .Concat(IsCompliant(compilation.Assembly) ? OfCompliance : []));

    /// <summary>Of a type and of those that it is made of.</summary>
    public static IEnumerable<string> Of(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => Of(array.ElementType),
        IPointerTypeSymbol pointer => Of(pointer.PointedAtType),
        INamedTypeSymbol named => OfSymbol(named.OriginalDefinition)
            .Concat(named.ContainingType is { } outer ? Of(outer) : [])
            .Concat(named.TypeArguments.SelectMany(Of)),
        _ => [],
    };

    private static IEnumerable<string> OfMember(ISymbol member) => OfSymbol(member).Concat(member switch
    {
        IMethodSymbol method => OfSignature(method),
        IPropertySymbol property => property.Parameters.Select(parameter => parameter.Type).Append(property.Type).SelectMany(Of),
        IEventSymbol @event => Of(@event.Type),
        _ => [],
    });

    private static IEnumerable<string> OfSignature(IMethodSymbol method) => method.Parameters
        .Select(parameter => parameter.Type)
        .Append(method.ReturnType)
        .Concat(method.TypeParameters.SelectMany(parameter => parameter.ConstraintTypes))
        .SelectMany(Of);

    private static string[] OfSymbol(ISymbol? symbol) => symbol is null or IParameterSymbol or ITypeParameterSymbol
        ? []
        : Known.GetValue(symbol, static named => [.. named.GetAttributes().Concat(OfAssembly(named)).Select(IdOf).OfType<string>()]);

    private static ImmutableArray<AttributeData> OfAssembly(ISymbol symbol) => symbol is ITypeSymbol { ContainingAssembly: { } assembly } ? assembly.GetAttributes() : [];

    private static string? IdOf(AttributeData attribute) => attribute.AttributeClass switch
    {
        var type when type.Is("System.Diagnostics.CodeAnalysis", "ExperimentalAttribute") => Valid(attribute.ConstructorArguments.FirstOrDefault().Value),
        var type when type.Is("System", "ObsoleteAttribute") => Valid(attribute.NamedArguments.FirstOrDefault(argument => argument.Key == "DiagnosticId").Value.Value),
        _ => null,
    };

    /// <summary>A <c>#pragma</c> can name identifiers only.</summary>
    private static string? Valid(object? id) => id is string text && SyntaxFacts.IsValidIdentifier(text) ? text : null;

    private static bool IsCompliant(IAssemblySymbol assembly) => assembly.GetAttributes().Any(attribute =>
        attribute.AttributeClass.Is("System", "CLSCompliantAttribute") && attribute.ConstructorArguments.FirstOrDefault().Value is true);
}
