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

        return type.TypeKind == TypeKind.Interface ? InterfaceBinder.Problems(type, compilation, cancellationToken)
            : EndpointPredicate.IsEndpointType(type, compilation) ? BindEndpoints(type, compilation, cancellationToken).Problems
            : [.. annotations.Select(annotation => NotEnforced(type, annotation))];
    }

    /// <summary>What the attributes of an endpoint type ask of each of its endpoints.</summary>
    public static EndpointBinding BindEndpoints(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellationToken)
    {
        var context = new BindingContext(type, AnnotationRole.Endpoint, compilation, cancellationToken);
        var policies = PolicyBinder.BindAll(context);
        return new EndpointBinding(policies, context.Problems);
    }

    private static BindingProblem NotEnforced(INamedTypeSymbol type, Annotation annotation) => new(
        ProblemId.CannotBeLimited,
        annotation.Location,
        [type.Name, "only an interface, controller, page or hub can be limited as a whole; annotate the methods"]);
}
