using Microsoft.CodeAnalysis;

namespace SmartRateLimit.Binding;

/// <summary>Where a generated method gets its limiter.</summary>
internal sealed class LimiterBinding(ISymbol? source)
{
    /// <summary>A parameter (of the method or of the primary constructor), field or property; <see langword="null"/> for the shared limiter.</summary>
    public ISymbol? Source { get; } = source;

    /// <summary>Whether the source says that it may hold no limiter; the shared one then stands in.</summary>
    public bool MayBeNull => Source switch
    {
        IParameterSymbol parameter => parameter.NullableAnnotation == NullableAnnotation.Annotated,
        IFieldSymbol member => member.NullableAnnotation == NullableAnnotation.Annotated,
        IPropertySymbol member => member.NullableAnnotation == NullableAnnotation.Annotated,
        _ => false,
    };
}
