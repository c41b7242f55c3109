using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace SmartRateLimit.Binding;

/// <summary>
/// Something about an annotation that its author should know. For every id <c>Arguments</c> has two texts:
/// {0} what it is about, as the author wrote it (a rate, a name, a method, a type), and {1} what is wrong and what would
/// be right, as a sentence without a full stop.
/// </summary>
internal sealed class BindingProblem(
    string id,
    Location location,
    ImmutableArray<object> arguments,
    ImmutableDictionary<string, string?>? properties = null)
{
    public string Id { get; } = id;

    public Location Location { get; } = location;

    public ImmutableArray<object> Arguments { get; } = arguments;

    public ImmutableDictionary<string, string?>? Properties { get; } = properties;

    public bool IsError => ProblemId.IsError(Id);
}
