using System.Collections.Immutable;
using SmartRateLimit.Rates;

namespace SmartRateLimit.Binding;

/// <summary>Reads an attribute's rates: SRL001.</summary>
internal static class RateBinder
{
    public static ImmutableArray<ParsedRate> Bind(BindingContext context, StringArgument argument)
    {
        if (argument.Value is not { } text)
        {
            context.Report(ProblemId.InvalidRate, argument.Location, "null", "a rate such as 100/m is needed");
            return [];
        }

        if (RateParser.TryParseAll(text, out var rates, out var error))
        {
            return [.. rates];
        }

        context.Report(ProblemId.InvalidRate, argument.LocationOf(error.Position, error.Length), text, error.Message);
        return [];
    }
}
