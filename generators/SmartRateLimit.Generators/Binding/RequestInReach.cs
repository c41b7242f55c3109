using Microsoft.CodeAnalysis;

namespace SmartRateLimit.Binding;

/// <summary>Finds the <c>HttpContext</c> that a method can read: a parameter, or the property of that name.</summary>
internal static class RequestInReach
{
    public static ISymbol? Of(BindingContext context)
    {
        if (context.Parameters.FirstOrDefault(parameter => parameter.Type.IsHttpContext() && parameter.RefKind != RefKind.Out) is { } parameter)
        {
            return parameter;
        }

        for (var type = context.Type; type is not null; type = type.BaseType)
        {
            if (type.GetMembers("HttpContext").OfType<IPropertySymbol>().FirstOrDefault(property => IsReadable(context, property)) is { } property)
            {
                return property;
            }
        }

        return null;
    }

    private static bool IsReadable(BindingContext context, IPropertySymbol property) =>
        property is { IsIndexer: false, GetMethod: not null }
        && property.Type.IsHttpContext()
        && (property.IsStatic || !context.Target.IsStatic)
        && context.Compilation.IsSymbolAccessibleWithin(property, context.Type, context.Type);
}
