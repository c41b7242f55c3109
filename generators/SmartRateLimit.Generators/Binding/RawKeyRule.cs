using Microsoft.CodeAnalysis;
using SmartRateLimit.Keys;

namespace SmartRateLimit.Binding;

/// <summary>Finds keys over raw text that the handler reads as a value with several spellings: SRL017.</summary>
internal static class RawKeyRule
{
    public static void Check(BindingContext context, Annotation annotation, KeySegment segment)
    {
        var colon = segment.Text.IndexOf(':');
        var attribute = segment.Text.Substring(0, colon) switch
        {
            "route" => "FromRouteAttribute",
            "query" => "FromQueryAttribute",
            _ => null,
        };
        var name = segment.Text.Substring(colon + 1);
        if (attribute is null
            || context.Parameters.FirstOrDefault(candidate => IsBoundTo(candidate, name, attribute)) is not { } parameter
            || Spellings(Underlying(parameter.Type)) is not { } spellings)
        {
            return;
        }

        context.Report(
            ProblemId.RawKey,
            annotation.Key.LocationOf(segment.Position, segment.Text.Length),
            segment.Text,
            context.Subject + " reads " + spellings + (context.Role == AnnotationRole.Endpoint ? "; make it partial, and name the parameter '" : "; name the parameter '") + parameter.Name + "'",
            ProblemProperty.Name,
            parameter.Name);
    }

    private static bool IsBoundTo(IParameterSymbol parameter, string name, string attribute)
    {
        var source = parameter.GetAttributes().FirstOrDefault(data =>
            data.AttributeClass is { } type && type.ContainingNamespace?.ToDisplayString() == "Microsoft.AspNetCore.Mvc" && type.Name.StartsWith("From", StringComparison.Ordinal));
        var given = source?.NamedArguments.FirstOrDefault(argument => argument.Key == "Name").Value.Value as string;
        return (source is null || source.AttributeClass!.Name == attribute)
            && string.Equals(given ?? parameter.Name, name, StringComparison.OrdinalIgnoreCase);
    }

    private static string? Spellings(ITypeSymbol type) => type switch
    {
        { SpecialType: >= SpecialType.System_SByte and <= SpecialType.System_Double } => "it as a number, of which 7 and 007 are one value but two keys",
        { TypeKind: TypeKind.Enum } => "it as an enum, of which a name in capitals or not is one value but two keys",
        _ when type.Is("System", "Guid") => "it as a Guid, of which capitals or not are one value but two keys",
        _ => null,
    };

    private static ITypeSymbol Underlying(ITypeSymbol type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : type;
}
