using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace SmartRateLimit.Generators.Model;

/// <summary>Writes down parameters from their symbols alone: an interface may come without its text.</summary>
internal static class ParameterBuilder
{
    public static ParameterModel Build(IParameterSymbol parameter, bool isExplicit)
    {
        var name = Identifier.Escape(parameter.Name);
        var type = TypeText.Of(parameter.Type);
        var declaration = CopiedAttributes.Before(parameter, isExplicit) + Modifiers(parameter) + type + " " + name + (isExplicit ? string.Empty : Default(parameter));
        return new ParameterModel(name, declaration, Expressions.Argument(parameter), type + " " + name);
    }

    private static string Modifiers(IParameterSymbol parameter)
    {
        var kind = parameter.RefKind switch
        {
            RefKind.None => string.Empty,
            RefKind.Ref => "ref ",
            RefKind.Out => "out ",
            RefKind.In => "in ",
            _ => "ref readonly ",
        };
        var isScoped = parameter.ScopedKind != ScopedKind.None && !parameter.IsParams && parameter.RefKind != RefKind.Out;
        return (parameter.IsParams ? "params " : string.Empty) + (isScoped ? "scoped " : string.Empty) + kind;
    }

    private static string Default(IParameterSymbol parameter)
    {
        if (!parameter.HasExplicitDefaultValue)
        {
            return string.Empty;
        }

        return parameter.ExplicitDefaultValue switch
        {
            null => " = default",
            double.NaN => " = double.NaN",
            double.PositiveInfinity => " = double.PositiveInfinity",
            double.NegativeInfinity => " = double.NegativeInfinity",
            float.NaN => " = float.NaN",
            float.PositiveInfinity => " = float.PositiveInfinity",
            float.NegativeInfinity => " = float.NegativeInfinity",
            decimal number => " = " + number.ToString(CultureInfo.InvariantCulture) + "m",
            float number => " = " + number.ToString("R", CultureInfo.InvariantCulture) + "f",
            double number => " = " + number.ToString("R", CultureInfo.InvariantCulture) + "d",
            var value when Underlying(parameter.Type).TypeKind == TypeKind.Enum => " = (" + TypeText.Of(Underlying(parameter.Type)) + ")(" + Literal(value) + ")",
            var value => " = " + Literal(value),
        };
    }

    private static ITypeSymbol Underlying(ITypeSymbol type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : type;

    private static string Literal(object value) => SymbolDisplay.FormatPrimitive(value, quoteStrings: true, useHexadecimalNumbers: false)!;
}
