using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace SmartRateLimit.Binding;

/// <summary>Binds <c>OnRejected</c>: a method that returns what the limited one returns.</summary>
internal static class FallbackBinder
{
    public static ValueBinding? Bind(BindingContext context, Annotation annotation)
    {
        if (annotation.OnRejected.Value is not { } text
            || SingleName.Bind(context, annotation, annotation.OnRejected, ValueUse.Fallback) is not { } value)
        {
            return null;
        }

        if (value.Root is IMethodSymbol fallback && value.Steps.IsEmpty && Returns(context, fallback))
        {
            return value;
        }

        context.Report(ProblemId.UnboundFunction, annotation.OnRejected.Location, text, "it must be a method that returns what " + context.Subject + " returns");
        return null;
    }

    private static bool Returns(BindingContext context, IMethodSymbol fallback)
    {
        // The middleware writes whatever a fallback returns.
        if (context.Role == AnnotationRole.Endpoint)
        {
            return fallback is { ReturnsVoid: false, RefKind: RefKind.None, ReturnType.IsRefLikeType: false };
        }

        var method = context.Method;
        if (method.ReturnsVoid || method.RefKind != RefKind.None)
        {
            return fallback.RefKind == method.RefKind && SymbolEqualityComparer.Default.Equals(fallback.ReturnType, method.ReturnType);
        }

        return context.Compilation.ClassifyConversion(fallback.ReturnType, method.ReturnType) is { IsImplicit: true, IsUserDefined: false };
    }
}
