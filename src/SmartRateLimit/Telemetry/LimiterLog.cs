using Microsoft.Extensions.Logging;

namespace SmartRateLimit.Telemetry;

/// <summary>What the limiter logs. Keys come from <see cref="LoggedKey"/>.</summary>
internal static partial class LimiterLog
{
    public const string Category = "SmartRateLimit";

    // A flood of rejected calls must not become a flood of entries, so they are for whoever asks.
    [LoggerMessage(1, LogLevel.Debug, "Rate limit {Policy} rejected {Key} ({Reason}): retry after {RetryAfter}")]
    public static partial void Rejected(ILogger logger, string? policy, string key, RateLimitReason reason, TimeSpan retryAfter);

    [LoggerMessage(2, LogLevel.Debug, "Rate limit {Policy} would have rejected {Key}, but it only observes: retry after {RetryAfter}")]
    public static partial void Shadowed(ILogger logger, string? policy, string key, TimeSpan retryAfter);

    [LoggerMessage(3, LogLevel.Debug, "Rate limit {Policy} was decided for {Key} by a fallback, because the backend {Backend} could not")]
    public static partial void Degraded(ILogger logger, string? policy, string key, string backend);

    [LoggerMessage(10, LogLevel.Warning, "Rate limiting is switched OFF by {Path}:Enabled: every call is admitted and none is counted")]
    public static partial void SwitchedOff(ILogger logger, string path);

    [LoggerMessage(11, LogLevel.Warning, "Rate limiting is switched on again")]
    public static partial void SwitchedOn(ILogger logger);

    [LoggerMessage(12, LogLevel.Information, "The rate limit settings in {Path} changed and are in force")]
    public static partial void SettingsChanged(ILogger logger, string path);

    [LoggerMessage(13, LogLevel.Error, "The changed rate limit settings in {Path} are invalid, so the last good ones stay in force. {Errors}")]
    public static partial void SettingsInvalid(ILogger logger, string path, string errors);

    [LoggerMessage(14, LogLevel.Error, "The settings of the rate limit {Policy} stay as its declaration says. {Conflict}")]
    public static partial void OverrideConflicts(ILogger logger, string policy, string conflict);

    [LoggerMessage(15, LogLevel.Warning, "{Path}:KeyPrefix changed; it takes effect when the application starts again")]
    public static partial void KeyPrefixChanged(ILogger logger, string path);

    [LoggerMessage(16, LogLevel.Warning, "The backends in {Path} changed; that takes effect when the application starts again")]
    public static partial void BackendsChanged(ILogger logger, string path);
}
