using SmartRateLimit.Keys;

namespace SmartRateLimit;

/// <summary>Keys that name no caller.</summary>
public static class RateLimitKey
{
    /// <summary>One bucket for everybody.</summary>
    public const string Global = KeyTemplateParser.Global;
}
