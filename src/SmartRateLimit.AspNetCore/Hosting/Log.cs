using Microsoft.Extensions.Logging;

namespace SmartRateLimit.AspNetCore.Hosting;

/// <summary>What the middleware tells whoever runs it.</summary>
internal static partial class Log
{
    public const string Category = "SmartRateLimit.AspNetCore";

    [LoggerMessage(1, LogLevel.Error, "The changed configuration of SmartRateLimit:Http is wrong and was refused; the last good settings stay in force.")]
    public static partial void ChangeRefused(ILogger logger, Exception exception);

    [LoggerMessage(2, LogLevel.Error, "A rate limit counts users, but app.UseSmartRateLimit() stands before app.UseAuthentication(): every caller is anonymous there. Call UseAuthentication first.")]
    public static partial void UserBeforeAuthentication(ILogger logger);

    [LoggerMessage(3, LogLevel.Error, "A rate limit counts users, but the application authenticates nobody: every caller is anonymous. Add authentication and call app.UseAuthentication() before app.UseSmartRateLimit().")]
    public static partial void UserWithoutAuthentication(ILogger logger);

    [LoggerMessage(4, LogLevel.Warning, "A rate limit counts client addresses, and forwarded headers are trusted from everywhere: a client can send any address it likes. Set ForwardedHeadersOptions.KnownProxies or KnownNetworks to your proxies.")]
    public static partial void ForwardedHeadersTrustedFromEverywhere(ILogger logger);

    [LoggerMessage(5, LogLevel.Warning, "The rate limit rule for the route pattern \"{Pattern}\" matches no endpoint.")]
    public static partial void RuleMatchesNothing(ILogger logger, string pattern);

    [LoggerMessage(6, LogLevel.Warning, "Several rate limits share the bucket \"{Name}\" and give it different numbers: {Numbers}. Give them names of their own, or one set of numbers.")]
    public static partial void NumbersDisagree(ILogger logger, string name, string numbers);
}
