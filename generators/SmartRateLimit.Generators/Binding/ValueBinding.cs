using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace SmartRateLimit.Binding;

/// <summary>A value that generated code can read: a parameter, member or function call, perhaps followed by members of it.</summary>
internal sealed class ValueBinding(
    ISymbol root,
    ImmutableArray<ISymbol?> arguments,
    ImmutableArray<PathStep> steps,
    ITypeSymbol type)
{
    /// <summary>A parameter of the method, or a field, property or method that it can reach.</summary>
    public ISymbol Root { get; } = root;

    /// <summary>What a function is called with, in its own order: parameters of the method, or its member that is the request; <see langword="null"/> stands for what comes from elsewhere, such as the decision.</summary>
    public ImmutableArray<ISymbol?> Arguments { get; } = arguments;

    public ImmutableArray<PathStep> Steps { get; } = steps;

    /// <summary>The type of the last member, before a conditional step makes it nullable.</summary>
    public ITypeSymbol Type { get; } = type;

    public bool IsConditional => Steps.Any(step => step.IsConditional);
}

/// <summary>A member that a path walks to.</summary>
internal readonly struct PathStep(ISymbol member, bool isConditional)
{
    public ISymbol Member { get; } = member;

    /// <summary>Whether what it is read from may be <see langword="null"/>.</summary>
    public bool IsConditional { get; } = isConditional;
}
