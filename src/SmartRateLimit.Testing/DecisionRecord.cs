namespace SmartRateLimit.Testing;

/// <summary>The decisions made so far, in the order of their answers.</summary>
internal sealed class DecisionRecord
{
    private readonly object _gate = new();
    private readonly List<RecordedDecision> _decisions = [];

    public IReadOnlyList<RecordedDecision> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _decisions];
            }
        }
    }

    public RateLimitDecision Add(in RateLimitRequest request, in RateLimitDecision decision)
    {
        Add(request, decision, decision.IsAllowed);
        return decision;
    }

    public void Add(ReadOnlySpan<RateLimitRequest> requests, ReadOnlySpan<RateLimitDecision> decisions, bool isAdmitted)
    {
        for (var i = 0; i < requests.Length; i++)
        {
            Add(requests[i], decisions[i], isAdmitted);
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _decisions.Clear();
        }
    }

    private void Add(in RateLimitRequest request, in RateLimitDecision decision, bool isAdmitted)
    {
        var entry = new RecordedDecision(decision.Policy ?? request.Policy, request.Key.ToString(), request.Cost, decision, isAdmitted);
        lock (_gate)
        {
            _decisions.Add(entry);
        }
    }
}
