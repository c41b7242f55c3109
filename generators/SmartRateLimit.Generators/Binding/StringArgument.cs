using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace SmartRateLimit.Binding;

/// <summary>A text argument of the attribute: its value, and the way back from a character of it to the source.</summary>
internal readonly struct StringArgument(string? value, ExpressionSyntax? expression, Location fallback)
{
    public string? Value { get; } = value;

    public Location Location => expression?.GetLocation() ?? fallback;

    /// <summary>The place of some characters of the value; of the whole argument when it is not written as one literal.</summary>
    public Location LocationOf(int position, int length)
    {
        if (expression is not LiteralExpressionSyntax literal
            || StringLiteralMap.SourceSpan(literal.Token, position, length) is not { } span)
        {
            return Location;
        }

        return Location.Create(literal.SyntaxTree, new TextSpan(literal.Token.SpanStart + span.Start, span.Length));
    }
}
