using System.Collections.Immutable;
using SmartRateLimit.Rates;

namespace SmartRateLimit.Binding;

/// <summary>What one attribute means for its method. A part that could not be bound has been reported and is <see langword="null"/>.</summary>
internal sealed class PolicyBinding(
    Annotation annotation,
    string name,
    ImmutableArray<ParsedRate> rates,
    TimeSpan? maxWait,
    KeyBinding? key,
    CostBinding? cost,
    ValueBinding? skipIf,
    ValueBinding? onRejected)
{
    /// <summary>The attribute as written: numbers, flags and where they stand.</summary>
    public Annotation Annotation { get; } = annotation;

    /// <summary>The bucket's name, given or default.</summary>
    public string Name { get; } = name;

    /// <summary>The rates; empty when their text is invalid.</summary>
    public ImmutableArray<ParsedRate> Rates { get; } = rates;

    public TimeSpan? MaxWait { get; } = maxWait;

    public KeyBinding? Key { get; } = key;

    public CostBinding? Cost { get; } = cost;

    /// <summary>The condition under which a call is not counted; <see langword="null"/> when there is none.</summary>
    public ValueBinding? SkipIf { get; } = skipIf;

    /// <summary>The function that answers in place of a rejected call; <see langword="null"/> when there is none.</summary>
    public ValueBinding? OnRejected { get; } = onRejected;
}
