namespace SmartRateLimit.Redis.Tests.Faults;

/// <summary>What became of many calls.</summary>
internal sealed class Tally
{
    private readonly Lock _gate = new();
    private readonly List<TimeSpan> _times = [];

    public int Asked { get; private set; }

    public int Admitted { get; private set; }

    public int Degraded { get; private set; }

    /// <summary>Admitted although the store did not decide.</summary>
    public int AdmittedDegraded { get; private set; }

    /// <summary>Rejected because nobody could decide.</summary>
    public int Unavailable { get; private set; }

    /// <summary>Rejected by the store itself.</summary>
    public int Rejected { get; private set; }

    public TimeSpan Longest => Quantile(1);

    public void Add(in RateLimitDecision decision, TimeSpan took)
    {
        lock (_gate)
        {
            Asked++;
            Admitted += decision.IsAllowed ? 1 : 0;
            Degraded += decision.IsDegraded ? 1 : 0;
            AdmittedDegraded += decision is { IsAllowed: true, IsDegraded: true } ? 1 : 0;
            Unavailable += decision.Reason == RateLimitReason.BackendUnavailable ? 1 : 0;
            Rejected += decision is { Reason: RateLimitReason.Exceeded, IsDegraded: false } ? 1 : 0;
            _times.Add(took);
        }
    }

    /// <summary>The time within which a part of the calls ended.</summary>
    public TimeSpan Quantile(double part)
    {
        lock (_gate)
        {
            _times.Sort();
            return _times.Count == 0 ? TimeSpan.Zero : _times[(int)Math.Ceiling((_times.Count - 1) * part)];
        }
    }
}
