using System.Collections.Immutable;
using SmartRateLimit.Rates;

namespace SmartRateLimit.Binding;

/// <summary>Reads an attribute's rates: SRL001.</summary>
internal static class RateBinder
{
    public static ImmutableArray<ParsedRate> Bind(BindingContext context, StringArgument argument)
    {
        if (ProblemOf(argument, out var rates) is { } problem)
        {
            context.Report(problem);
        }

        return rates;
    }

    /// <summary>What is wrong with the text, or <see langword="null"/>.</summary>
    public static BindingProblem? ProblemOf(StringArgument argument, out ImmutableArray<ParsedRate> rates)
    {
        rates = [];
        if (argument.Value is not { } text)
        {
            return new BindingProblem(ProblemId.InvalidRate, argument.Location, ["null", "a rate such as 100/m is needed"]);
        }

        if (!RateParser.TryParseAll(text, out var parsed, out var error))
        {
            return new BindingProblem(ProblemId.InvalidRate, argument.LocationOf(error.Position, error.Length), [text, error.Message]);
        }

        rates = [.. parsed];
        return null;
    }
}
