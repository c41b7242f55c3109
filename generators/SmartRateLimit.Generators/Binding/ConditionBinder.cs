using Microsoft.CodeAnalysis;

namespace SmartRateLimit.Binding;

/// <summary>Binds <c>SkipIf</c>: a bool member or function.</summary>
internal static class ConditionBinder
{
    public static ValueBinding? Bind(BindingContext context, Annotation annotation)
    {
        if (annotation.SkipIf.Value is not { } text
            || SingleName.Bind(context, annotation, annotation.SkipIf, ValueUse.Condition) is not { } value)
        {
            return null;
        }

        if ((value.Type.SpecialType == SpecialType.System_Boolean || value.Type.TypeKind == TypeKind.Error) && !value.IsConditional)
        {
            return value;
        }

        context.Report(ProblemId.UnboundFunction, annotation.SkipIf.Location, text, "a condition must be a bool that is never null");
        return null;
    }
}
