using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace SmartRateLimit.Binding;

/// <summary>The method or endpoint type being bound, and the problems found so far.</summary>
internal sealed class BindingContext(
    ISymbol target,
    AnnotationRole role,
    Compilation compilation,
    CancellationToken cancellationToken,
    INamedTypeSymbol? owner = null)
{
    private readonly ImmutableArray<BindingProblem>.Builder _problems = ImmutableArray.CreateBuilder<BindingProblem>();

    /// <summary>What is annotated: a method, or an endpoint type, which has no parameters.</summary>
    public ISymbol Target { get; } = target;

    /// <summary>The method; only of the kinds of targets that are one.</summary>
    public IMethodSymbol Method => (IMethodSymbol)Target;

    /// <summary>The type whose members the attributes can name.</summary>
    public INamedTypeSymbol Type { get; } = owner ?? target as INamedTypeSymbol ?? target.ContainingType;

    /// <summary>From where generated code reads what the attributes name: the type itself, or the decorator beside an interface.</summary>
    public ISymbol Site { get; } = role == AnnotationRole.InterfaceMember
        ? DecoratorSite.Of(owner ?? target.ContainingType, compilation)
        : owner ?? target as INamedTypeSymbol ?? target.ContainingType;

    public ImmutableArray<IParameterSymbol> Parameters { get; } = target is IMethodSymbol { Parameters: var parameters } ? parameters : [];

    public ImmutableArray<ITypeParameterSymbol> TypeParameters { get; } = target is IMethodSymbol { TypeParameters: var types } ? types : [];

    public AnnotationRole Role { get; } = role;

    public ReturnBinding Return { get; } = target is IMethodSymbol returning ? ReturnBinding.Of(returning) : default;

    public Compilation Compilation { get; } = compilation;

    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>Where problems of the method as a whole are shown: its name, or the first annotation of a lambda, which has none.</summary>
    public Location Location => Target is IMethodSymbol { MethodKind: MethodKind.AnonymousFunction }
        ? new Annotation(Target.GetAttributes().First(KnownTypes.IsRateLimited), CancellationToken).Location
        : Target.Locations.FirstOrDefault(location => location.IsInSource) ?? Type?.Locations.FirstOrDefault(location => location.IsInSource) ?? Location.None;

    /// <summary>What a message calls the target.</summary>
    public string Subject => Target is IMethodSymbol { MethodKind: MethodKind.AnonymousFunction } ? "lambda" : Target.Name;

    public ImmutableArray<BindingProblem> Problems => _problems.ToImmutable();

    public void Report(string id, Location location, string subject, string message, ImmutableDictionary<string, string?>? properties = null) =>
        Report(new BindingProblem(id, location, [subject, message], properties));

    public void Report(BindingProblem problem) => _problems.Add(problem);

    public void Report(string id, Location location, string subject, string message, string property, string? value) =>
        Report(id, location, subject, message, ImmutableDictionary<string, string?>.Empty.Add(property, value));
}
