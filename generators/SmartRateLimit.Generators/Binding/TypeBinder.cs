using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace SmartRateLimit.Binding;

/// <summary>Works out what the attributes of a type mean: a controller's actions are endpoints, nothing else is limited as a whole.</summary>
internal static class TypeBinder
{
    public static ImmutableArray<BindingProblem> Bind(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        if (EndpointPredicate.IsController(type))
        {
            return [];
        }

        return
        [
            .. type.GetAttributes().Where(KnownTypes.IsRateLimited).Select(attribute => new BindingProblem(
                ProblemId.CannotBeLimited,
                attribute.ApplicationSyntaxReference?.GetSyntax(cancellationToken).GetLocation() ?? Location.None,
                [type.Name, "only a controller can be limited as a whole; annotate the methods"])),
        ];
    }
}
