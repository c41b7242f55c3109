using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SmartRateLimit.Telemetry;

namespace SmartRateLimit.Limiting;

/// <summary>Tells listeners what a limiter decided. Without any, it allocates nothing and reads no clock.</summary>
internal sealed class DecisionObserver(ILogger logger, TimeProvider time)
{
    private readonly bool _hasLogger = logger is not NullLogger;

    /// <summary>Whether rejections are logged now.</summary>
    public bool LogsRejections => _hasLogger && logger.IsEnabled(LogLevel.Debug);

    /// <summary>The text of a key that has to outlive the call, if somebody may want to see it.</summary>
    public string? Keep(ReadOnlySpan<char> key) => logger.IsEnabled(LogLevel.Debug) ? key.ToString() : null;

    /// <summary>A decision begins.</summary>
    /// <returns>What <see cref="Took"/> wants.</returns>
    public long Start() => DecisionMetrics.Start(time);

    public void Took(long start, IRateLimitBackend backend)
    {
        if (start != DecisionMetrics.NotMeasured)
        {
            DecisionMetrics.Took(time.GetElapsedTime(start), backend);
        }
    }

    public void Decided(in RateLimitDecision decision, PolicyResolution resolution, ReadOnlySpan<char> key)
    {
        DecisionMetrics.Decided(decision, resolution.Backend);
        if ((decision.Reason is not (RateLimitReason.Allowed or RateLimitReason.Skipped) || decision.IsDegraded) && logger.IsEnabled(LogLevel.Debug))
        {
            Log(decision, resolution, LoggedKey.Of(key, resolution.Table.Settings.HashKeysInLogs));
        }
    }

    /// <summary>A rejected group charged nothing, so what it would have admitted is no decision of those policies.</summary>
    public void Decided(RequestGroup group, in RateLimitDecision together)
    {
        for (var i = 0; i < group.Requests.Length; i++)
        {
            if (together.IsAllowed || !group.Decisions[i].IsAllowed)
            {
                Decided(group.Decisions[i], group.Requests[i].Resolution, group.Requests[i].Request.Key.Span);
            }
        }
    }

    private void Log(in RateLimitDecision decision, PolicyResolution resolution, string key)
    {
        if (decision.IsDegraded)
        {
            LimiterLog.Degraded(logger, resolution.Policy.Name, key, resolution.Backend.Name);
        }

        if (decision.Reason == RateLimitReason.Shadowed)
        {
            LimiterLog.Shadowed(logger, resolution.Policy.Name, key, decision.RetryAfter);
        }
        else if (!decision.IsAllowed)
        {
            LimiterLog.Rejected(logger, resolution.Policy.Name, key, decision.Reason, decision.RetryAfter);
        }
    }
}
