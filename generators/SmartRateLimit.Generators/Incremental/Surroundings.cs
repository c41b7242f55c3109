using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace SmartRateLimit.Generators.Incremental;

/// <summary>What a compilation has besides its own files.</summary>
internal sealed class Surroundings(Compilation compilation)
{
    private readonly CompilationOptions _options = compilation.Options;
    private readonly ImmutableArray<MetadataReference> _references = compilation.ExternalReferences;

    public bool AreSame(Surroundings other) =>
        (_references == other._references || _references.SequenceEqual(other._references))
        && (ReferenceEquals(_options, other._options) || _options.Equals(other._options));
}
