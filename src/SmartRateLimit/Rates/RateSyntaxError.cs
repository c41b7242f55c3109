using System.Globalization;

namespace SmartRateLimit.Rates;

/// <summary>What is wrong with a rate text: where it starts, how long it is, and what was expected there.</summary>
internal readonly struct RateSyntaxError(int position, int length, string message)
{
    /// <summary>Index of the first offending character; the text's length when something is missing at its end.</summary>
    public int Position { get; } = position;

    /// <summary>Number of offending characters; 0 when something is missing.</summary>
    public int Length { get; } = length;

    /// <summary>What was found and what would be right, as a sentence without a full stop.</summary>
    public string Message { get; } = message;

    /// <summary>The message for an exception: the text, the position and what was expected.</summary>
    public string Describe(string text) =>
        string.Format(CultureInfo.InvariantCulture, "The rate \"{0}\" is invalid at position {1}: {2}.", text, Position, Message);
}
