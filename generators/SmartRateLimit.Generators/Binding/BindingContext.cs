using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace SmartRateLimit.Binding;

/// <summary>The method being bound, and the problems found so far.</summary>
internal sealed class BindingContext(
    IMethodSymbol method,
    AnnotationRole role,
    Compilation compilation,
    CancellationToken cancellationToken)
{
    private readonly ImmutableArray<BindingProblem>.Builder _problems = ImmutableArray.CreateBuilder<BindingProblem>();

    public IMethodSymbol Method { get; } = method;

    public AnnotationRole Role { get; } = role;

    public ReturnBinding Return { get; } = ReturnBinding.Of(method);

    public Compilation Compilation { get; } = compilation;

    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>Where problems of the method as a whole are shown: its name, or the first annotation of a lambda, which has none.</summary>
    public Location Location => Method.MethodKind == MethodKind.AnonymousFunction
        ? new Annotation(Method.GetAttributes().First(KnownTypes.IsRateLimited), CancellationToken).Location
        : Method.Locations.FirstOrDefault() ?? Location.None;

    public ImmutableArray<BindingProblem> Problems => _problems.ToImmutable();

    public void Report(string id, Location location, string subject, string message, ImmutableDictionary<string, string?>? properties = null) =>
        Report(new BindingProblem(id, location, [subject, message], properties));

    public void Report(BindingProblem problem) => _problems.Add(problem);

    public void Report(string id, Location location, string subject, string message, string property, string? value) =>
        Report(id, location, subject, message, ImmutableDictionary<string, string?>.Empty.Add(property, value));
}
