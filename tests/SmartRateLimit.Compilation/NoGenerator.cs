using Microsoft.CodeAnalysis;

namespace SmartRateLimit.Compiling;

/// <summary>Generates nothing: the state of a project while its author types.</summary>
public sealed class NoGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
    }
}
