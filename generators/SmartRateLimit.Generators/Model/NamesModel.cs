namespace SmartRateLimit.Generators.Model;

/// <summary>The names that generated code introduces, chosen so that they hide nothing that it reads.</summary>
/// <remarks><c>Fields</c> begins the names of the method's policies and sources: <c>QuotesLimits.Get</c>.</remarks>
internal sealed record NamesModel(
    string Fields,
    string Helper,
    string Key,
    string Requests,
    string Count,
    string Acquire,
    string Decision,
    string Item,
    string Token,
    string Exception)
{
    /// <param name="method">The method's name.</param>
    /// <param name="read">What the bodies read by simple name.</param>
    /// <param name="limits">The names of the type's limits.</param>
    /// <param name="hasSeveral">Whether the method has more than one attribute.</param>
    public static NamesModel Choose(string method, ISet<string> read, LimitsNames limits, bool hasSeveral) => new(
        limits.Fields(method),
        method,
        Free("key", read),
        Free(hasSeveral ? "requests" : "request", read),
        Free("count", read),
        Free("acquire", read),
        Free("decision", read),
        Free("item", read),
        Free("cancellationToken", read),
        Free("exception", read));

    /// <summary>A name that is not taken, with or without a number at its end.</summary>
    public static string Free(string wanted, ISet<string> taken)
    {
        var name = wanted;
        while (taken.Any(other => IsNumbered(other, name)))
        {
            name = "_" + name;
        }

        return name;
    }

    /// <summary>Whether a name is another one, or that one with a number at its end.</summary>
    private static bool IsNumbered(string name, string stem) =>
        name.StartsWith(stem, StringComparison.Ordinal) && name.Skip(stem.Length).All(char.IsDigit);
}
