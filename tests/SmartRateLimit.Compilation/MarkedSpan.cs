using Microsoft.CodeAnalysis.Text;

namespace SmartRateLimit.Compiling;

/// <summary>A place where a diagnostic is expected.</summary>
/// <param name="Id">Its id, or <see langword="null"/> where any will do.</param>
/// <param name="Span">The place in the text without marks.</param>
public sealed record MarkedSpan(string? Id, TextSpan Span);
