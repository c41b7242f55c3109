using Microsoft.AspNetCore.Http;

namespace SmartRateLimit.AspNetCore.Keys;

/// <summary>One piece of a key: text of the template, or a value read from the request.</summary>
internal abstract class KeyPart
{
    public virtual KeyNeeds Needs => KeyNeeds.None;

    public abstract void Append(HttpContext context, ref RateLimitKeyBuilder key);
}

/// <summary>Text of the template itself.</summary>
internal sealed class LiteralPart(string text) : KeyPart
{
    public override void Append(HttpContext context, ref RateLimitKeyBuilder key) => key.AddLiteral(text);
}

/// <summary>A value of a function that the application wrote.</summary>
internal sealed class FunctionPart(Func<HttpContext, string?> function) : KeyPart
{
    public override void Append(HttpContext context, ref RateLimitKeyBuilder key) => key.Add(function(context));
}

/// <summary>A value of a built-in source.</summary>
internal sealed class SourcePart(HttpSource source) : KeyPart
{
    public override KeyNeeds Needs => source.Needs;

    public override void Append(HttpContext context, ref RateLimitKeyBuilder key) => source.Append(context, ref key);
}
