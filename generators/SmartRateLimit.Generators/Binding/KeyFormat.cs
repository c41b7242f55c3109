using Microsoft.CodeAnalysis;

namespace SmartRateLimit.Binding;

/// <summary>Whether different values of a type have different texts, so that they can be keys.</summary>
internal static class KeyFormat
{
    /// <returns>Why values of the type would share one text; <see langword="null"/> when they do not.</returns>
    public static string? ReasonAgainst(ITypeSymbol type)
    {
        var shown = type.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat);
        return Underlying(type) switch
        {
            { TypeKind: TypeKind.Error or TypeKind.Enum } => null,
            { IsRefLikeType: true } stack when !IsCharacterSpan(stack) => "a key cannot be made of the ref struct '" + shown + "'; name a member of it that has a text",
            ITypeParameterSymbol { AllowsRefLikeType: true } => "'" + shown + "' may be a ref struct, of which a key cannot be made; take the text of it as a parameter of its own",
            { IsTupleType: true } => "the parts of '" + shown + "' cannot be told apart in one text; name them as holes of a template",
            ITypeParameterSymbol parameter when !IsFormattable(parameter) => "nothing says that '" + shown + "' can be formatted; constrain it to IFormattable",
            INamedTypeSymbol { IsRecord: true } record when !IsFormattable(record) && !OverridesToString(record) => IsWrapper(record)
                ? null
                : "the members of the record '" + shown + "' cannot be told apart in one text; name them as holes of a template",
            var other when IsFormattable(other) || OverridesToString(other) => null,
            _ => "every '" + shown + "' has the same text, so all callers would share one bucket; name a member of it, or override ToString",
        };
    }

    private static ITypeSymbol Underlying(ITypeSymbol type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : type;

    private static bool IsFormattable(ITypeSymbol type) => type is ITypeParameterSymbol parameter
        ? parameter.ConstraintTypes.Any(constraint => constraint.SpecialType == SpecialType.System_Enum || IsFormattable(constraint) || OverridesToString(constraint))
        : type.Is("System", "IFormattable") || type.AllInterfaces.Any(face => face.Is("System", "IFormattable"));

    private static bool OverridesToString(ITypeSymbol type)
    {
        if (IsCharacterSpan(type))
        {
            return true;
        }

        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current.SpecialType is SpecialType.System_Object or SpecialType.System_ValueType || IsMemory(current))
            {
                return false;
            }

            if (current.GetMembers("ToString").OfType<IMethodSymbol>().Any(method => method is { IsOverride: true, IsImplicitlyDeclared: false, Parameters.IsEmpty: true }))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Spans and memory write their content when they hold characters, and their type's name otherwise.</summary>
    private static bool IsMemory(ITypeSymbol type) =>
        type is { IsRefLikeType: true } || type.Is("System", "Memory", 1) || type.Is("System", "ReadOnlyMemory", 1);

    private static bool IsCharacterSpan(ITypeSymbol type) =>
        IsMemory(type) && type is INamedTypeSymbol { TypeArguments: { Length: 1 } arguments } && arguments[0].SpecialType == SpecialType.System_Char;

    /// <summary>A record around one plain value has that value's text.</summary>
    private static bool IsWrapper(INamedTypeSymbol record)
    {
        var fields = record.GetMembers().OfType<IFieldSymbol>().Where(field => !field.IsStatic).ToList();
        return record.BaseType?.IsRecord != true && fields.Count == 1 && Underlying(fields[0].Type) switch
        {
            { SpecialType: SpecialType.System_String or SpecialType.System_Char or SpecialType.System_Boolean } => true,
            { SpecialType: >= SpecialType.System_SByte and <= SpecialType.System_UInt64 } => true,
            { TypeKind: TypeKind.Enum } => true,
            var type => type.Is("System", "Guid"),
        };
    }
}
