using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace SmartRateLimit.Binding;

/// <summary>Works out what the attributes of a type mean: the middleware enforces those of an endpoint type, nobody the others.</summary>
internal static class TypeBinder
{
    public static ImmutableArray<BindingProblem> Bind(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellationToken)
    {
        var annotations = type.GetAttributes().Where(KnownTypes.IsRateLimited).Select(data => new Annotation(data, cancellationToken)).ToList();
        if (annotations.Count == 0)
        {
            return [];
        }

        return EndpointPredicate.IsEndpointType(type, compilation)
            ? [.. annotations.SelectMany(annotation => OfEndpoints(type, annotation))]
            : [.. annotations.Select(annotation => NotEnforced(type, annotation))];
    }

    private static IEnumerable<BindingProblem> OfEndpoints(INamedTypeSymbol type, Annotation annotation)
    {
        if (RateBinder.ProblemOf(annotation.Rate, out _) is { } invalid)
        {
            yield return invalid;
        }

        if (annotation.Key.Value is null)
        {
            yield return new BindingProblem(ProblemId.NoKey, annotation.Location, [type.Name, "without a Key all callers share one bucket; name what is counted apart, or RateLimitKey.Global to say that this is meant"]);
        }
    }

    private static BindingProblem NotEnforced(INamedTypeSymbol type, Annotation annotation) => new(
        ProblemId.CannotBeLimited,
        annotation.Location,
        [type.Name, type.TypeKind == TypeKind.Interface
            ? "an interface cannot be limited; annotate the methods that implement it"
            : "only a controller, page or hub can be limited as a whole; annotate the methods"]);
}
