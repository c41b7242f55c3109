using System.Globalization;
using Microsoft.CodeAnalysis;
using SmartRateLimit.Binding;

namespace SmartRateLimit.Generators.Model;

/// <summary>Writes down one bound attribute.</summary>
internal static class PolicyModelBuilder
{
    private static readonly string[] FailureModes = ["Local", "Open", "Closed"];

    public static PolicyModel Build(PolicyBinding policy, Expressions expressions, Func<string, string> readSource) => new(
        policy.Name,
        policy.Annotation.Rate.Value!,
        new(Settings(policy)),
        Key(policy.Key!, expressions, readSource),
        Cost(policy.Cost!, expressions),
        policy.SkipIf is { } condition ? expressions.Value(condition) : null,
        policy.OnRejected is { } fallback ? expressions.Value(fallback) : null);

    private static IEnumerable<string> Settings(PolicyBinding policy)
    {
        var annotation = policy.Annotation;
        if (annotation.Algorithm != Algorithm.TokenBucket)
        {
            yield return "Algorithm = global::SmartRateLimit.RateLimitAlgorithm." + annotation.Algorithm;
        }

        if (annotation.Burst >= 0)
        {
            yield return "Burst = " + Number(annotation.Burst);
        }

        if (annotation.InitialPermits >= 0)
        {
            yield return "InitialPermits = " + Number(annotation.InitialPermits);
        }

        if (!annotation.AlignToClock)
        {
            yield return "AlignToClock = false";
        }

        if (policy.MaxWait is { } wait)
        {
            yield return "MaxWait = global::System.TimeSpan.FromMilliseconds(" + Number(wait.Ticks / TimeSpan.TicksPerMillisecond) + ")";
        }

        if (annotation.OnBackendFailure != 0)
        {
            yield return "OnBackendFailure = global::SmartRateLimit.FailureMode." + FailureModes[annotation.OnBackendFailure];
        }

        if (annotation.Backend is { } backend)
        {
            yield return "Backend = " + Expressions.Literal(backend);
        }

        if (annotation.Shadow)
        {
            yield return "Shadow = true";
        }
    }

    private static KeyModel Key(KeyBinding key, Expressions expressions, Func<string, string> readSource) =>
        new(new(key.Alternatives.Select(parts => new AlternativeModel(new(parts.Select(part => Part(part, expressions, readSource)))))));

    private static KeyPartModel Part(KeyPartBinding part, Expressions expressions, Func<string, string> readSource) => part switch
    {
        { Source: { } source } => new KeyPartModel("Add", readSource(source)),
        { Literal: { } literal } => new KeyPartModel("AddLiteral", Expressions.Literal(literal)),
        { Value: var value } => new KeyPartModel(IsEnum(value!.Type) ? "AddEnum" : "Add", IsWritableSpan(value.Type)
            ? "(global::System.ReadOnlySpan<char>)" + expressions.Value(value)
            : expressions.Value(value))
            {
                IsText = value.Type.SpecialType == SpecialType.System_String,
                IsNumber = value.Type.SpecialType is >= SpecialType.System_SByte and <= SpecialType.System_Int64,
            },
    };

    private static string? Cost(CostBinding cost, Expressions expressions) => cost switch
    {
        { Value: { } value } when value.Type.SpecialType is SpecialType.System_UInt64 or SpecialType.System_UIntPtr =>
            "checked((long)" + expressions.Value(value) + ")",
        { Value: { } value } => expressions.Value(value),
        { Constant: 1 } => null,
        _ => Number(cost.Constant),
    };

    private static bool IsEnum(ITypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Enum } => true,
        ITypeParameterSymbol parameter => parameter.HasValueTypeConstraint && parameter.ConstraintTypes.Any(constraint => constraint.SpecialType == SpecialType.System_Enum),
        INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable => IsEnum(nullable.TypeArguments[0]),
        _ => false,
    };

    private static bool IsWritableSpan(ITypeSymbol type) => type.Is("System", "Span", 1);

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
