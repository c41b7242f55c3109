using Microsoft.CodeAnalysis;

namespace SmartRateLimit.Binding;

/// <summary>Compares what two methods demand of their type parameters.</summary>
internal static class Constraints
{
    /// <summary>Whether whatever satisfies the caller's type parameter satisfies the callee's.</summary>
    /// <param name="callee">The callee's type parameter.</param>
    /// <param name="caller">The caller's type parameter of the same place.</param>
    public static bool Allow(ITypeParameterSymbol callee, ITypeParameterSymbol caller) =>
        (!callee.HasReferenceTypeConstraint || caller.HasReferenceTypeConstraint)
        && (!callee.HasValueTypeConstraint || caller.HasValueTypeConstraint)
        && (!callee.HasUnmanagedTypeConstraint || caller.HasUnmanagedTypeConstraint)
        && (!callee.HasConstructorConstraint || caller.HasConstructorConstraint || caller.HasValueTypeConstraint)
        && (!caller.AllowsRefLikeType || callee.AllowsRefLikeType)
        && callee.ConstraintTypes.All(type => caller.ConstraintTypes.Any(other => AreAlike(type, other)));

    /// <summary>Each method names its own type parameters, so types that mention them are compared by their definition.</summary>
    private static bool AreAlike(ITypeSymbol type, ITypeSymbol other) =>
        SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, other.OriginalDefinition)
        || (type is ITypeParameterSymbol { DeclaringMethod: not null } a && other is ITypeParameterSymbol b && a.Ordinal == b.Ordinal);
}
