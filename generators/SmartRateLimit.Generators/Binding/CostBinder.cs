using System.Globalization;
using Microsoft.CodeAnalysis;

namespace SmartRateLimit.Binding;

/// <summary>Binds what a call costs: an integer, a parameter, a path or a function.</summary>
internal static class CostBinder
{
    public static CostBinding? Bind(BindingContext context, Annotation annotation)
    {
        if (annotation.Cost.Value is not { } text)
        {
            return CostBinding.One;
        }

        if (long.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var constant))
        {
            return new CostBinding(constant, null);
        }

        if (SingleName.Bind(context, annotation, annotation.Cost, ValueUse.Cost) is not { } value)
        {
            return null;
        }

        if (!IsInteger(value.Type) || value.IsConditional)
        {
            context.Report(ProblemId.UnboundFunction, annotation.Cost.Location, text, "a cost must be an integer that is never null");
            return null;
        }

        return new CostBinding(0, value);
    }

    private static bool IsInteger(ITypeSymbol type) =>
        type.TypeKind == TypeKind.Error
        || type.SpecialType is (>= SpecialType.System_SByte and <= SpecialType.System_UInt64) or SpecialType.System_IntPtr or SpecialType.System_UIntPtr;
}
