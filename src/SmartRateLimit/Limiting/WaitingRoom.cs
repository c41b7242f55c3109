using SmartRateLimit.Telemetry;

namespace SmartRateLimit.Limiting;

/// <summary>Where admitted calls spend the delay that their decision asks for.</summary>
internal sealed class WaitingRoom(TimeProvider time)
{
    public async ValueTask<RateLimitDecision> WaitAsync(RateLimitDecision decision, CancellationToken cancellationToken)
    {
        if (decision.Delay == TimeSpan.Zero)
        {
            return decision;
        }

        // Whoever starts to listen while calls wait must not see them leave without having come.
        var isCounted = DecisionMetrics.CountsWaiting;
        var start = time.GetTimestamp();
        try
        {
            if (isCounted)
            {
                DecisionMetrics.WaitStarted(decision.Policy);
            }

            await LongDelay.Wait(decision.Delay, time, cancellationToken).ConfigureAwait(false);
            return decision;
        }
        finally
        {
            if (isCounted)
            {
                DecisionMetrics.WaitEnded(decision.Policy);
            }

            DecisionMetrics.Waited(decision.Policy, time.GetElapsedTime(start));
        }
    }
}
