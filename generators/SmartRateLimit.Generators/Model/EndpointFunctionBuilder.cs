using Microsoft.CodeAnalysis;
using SmartRateLimit.Binding;

namespace SmartRateLimit.Generators.Model;

/// <summary>Writes down the functions that the attributes of an endpoint name. What has an error is left out: the analyzers report it.</summary>
internal static class EndpointFunctionBuilder
{
    private const string Request = "(global::Microsoft.AspNetCore.Http.HttpContext)context";

    public static IEnumerable<EndpointFunction> Build(PolicyBinding policy, Compilation compilation)
    {
        foreach (var part in policy.Key?.Alternatives.SelectMany(parts => parts) ?? [])
        {
            if (part.Value is { } value)
            {
                yield return Create("AddKey", value, "static context => " + Text(value), compilation);
            }
        }

        if (policy.Cost?.Value is { } cost)
        {
            yield return Create("AddCost", cost, "static context => " + Number(cost), compilation);
        }

        if (policy.SkipIf is { } condition)
        {
            yield return Create("AddSkip", condition, "static context => " + Read(condition), compilation);
        }

        if (policy.OnRejected is { } fallback)
        {
            yield return Create("AddRejection", fallback, Answer(fallback), compilation);
        }
    }

    private static EndpointFunction Create(string add, ValueBinding value, string text, Compilation compilation)
    {
        var function = (IMethodSymbol)value.Root;
        var name = string.Join(".", value.Steps.Select(step => step.Member.Name).Prepend(function.Name));
        return new EndpointFunction(
            add,
            TypeText.Of(function.ContainingType),
            name,
            text,
            RegistrationSite.NeedsPart(function, compilation) ? SignatureBuilder.Container(function.ContainingType) : null,
            ReportedIds.Sorted(ReportedIds.Of(value)));
    }

    private static string Text(ValueBinding value) => value.Type switch
    {
        { SpecialType: SpecialType.System_String } => Read(value),
        { IsRefLikeType: true } => Read(value) + ".ToString()",
        _ => "global::SmartRateLimit.RateLimitFunctions.Text(" + Read(value) + ")",
    };

    private static string Number(ValueBinding cost) => cost.Type.SpecialType is SpecialType.System_UInt64 or SpecialType.System_UIntPtr
        ? "checked((long)" + Read(cost) + ")"
        : Read(cost);

    /// <summary>The middleware awaits tasks of any object, so the other awaitables become one.</summary>
    private static string Answer(ValueBinding fallback)
    {
        var answer = Read(fallback);
        return "static (context, decision) => " + ReturnBinding.Of((IMethodSymbol)fallback.Root).Shape switch
        {
            ReturnShape.TaskOfResult => "global::SmartRateLimit.RateLimitFunctions.Answer(" + answer + ")",
            ReturnShape.ValueTaskOfResult => "global::SmartRateLimit.RateLimitFunctions.Answer(" + answer + ".AsTask())",
            ReturnShape.ValueTask => answer + ".AsTask()",
            _ => answer,
        };
    }

    private static string Read(ValueBinding value)
    {
        var function = (IMethodSymbol)value.Root;
        var arguments = function.Parameters.Select(parameter => parameter.Type.IsHttpContext() ? Request : "decision");
        var call = TypeText.Of(function.ContainingType) + "." + Identifier.Escape(function.Name) + "(" + string.Join(", ", arguments) + ")";
        return value.Steps.Aggregate(call, (path, step) => path + (step.IsConditional ? "?." : ".") + Identifier.Escape(step.Member.Name));
    }
}
