namespace SmartRateLimit.Generators.Model;

/// <summary>One attribute: its policy, and what a call passes along with it. Values are expressions.</summary>
/// <param name="Name">The bucket's name.</param>
/// <param name="Rates">The rates as the author wrote them.</param>
/// <param name="Settings">The other properties of the policy: <c>Burst = 20</c>.</param>
/// <param name="Key">The key.</param>
/// <param name="Cost">The cost; <see langword="null"/> for 1.</param>
/// <param name="SkipIf">The condition under which a call is not counted.</param>
/// <param name="OnRejected">The call that answers a rejection.</param>
internal sealed record PolicyModel(
    string Name,
    string Rates,
    EquatableArray<string> Settings,
    KeyModel Key,
    string? Cost,
    string? SkipIf,
    string? OnRejected);

/// <summary>A key: its alternatives; none for one bucket for all.</summary>
internal sealed record KeyModel(EquatableArray<AlternativeModel> Alternatives)
{
    /// <summary>The expression of the text that is the whole key; <see langword="null"/> where the key has to be put together.</summary>
    public string? Text =>
        Alternatives.Count == 0 ? "\"*\""
        : Alternatives.Count == 1 && Alternatives[0].Parts.Count == 1 && Alternatives[0].Parts[0] is { IsText: true } part ? part.Argument
        : null;

    /// <summary>The expressions of a text and a number that are the whole key, joined by a colon; <see langword="null"/> where it is not made so.</summary>
    public (string Text, string Number)? Pair
    {
        get
        {
            if (Alternatives.Count != 1)
            {
                return null;
            }

            var parts = Alternatives[0].Parts.Where(part => part is not { Method: "AddLiteral", Argument: "\":\"" }).ToList();
            return parts.Count == 2 && parts[0].IsText && parts[1].IsNumber && ReferenceEquals(parts[0], Alternatives[0].Parts[0]) && ReferenceEquals(parts[1], Alternatives[0].Parts[Alternatives[0].Parts.Count - 1]) && Alternatives[0].Parts.Count <= 3
                ? (parts[0].Argument, parts[1].Argument)
                : null;
        }
    }
}

/// <summary>One alternative of a key.</summary>
internal sealed record AlternativeModel(EquatableArray<KeyPartModel> Parts);

/// <summary>A call of the key builder: <c>Add(tenant)</c>.</summary>
internal sealed record KeyPartModel(string Method, string Argument)
{
    /// <summary>Whether the argument is a string.</summary>
    public bool IsText { get; init; }

    /// <summary>Whether the argument is a number that a <see langword="long"/> holds.</summary>
    public bool IsNumber { get; init; }
}
