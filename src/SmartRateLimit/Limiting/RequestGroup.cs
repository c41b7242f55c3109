using SmartRateLimit.Backends;

namespace SmartRateLimit.Limiting;

/// <summary>
/// Several requests that are admitted together or not at all. What shares an atomic backend is one step of it; permits
/// taken elsewhere are handed back when a later step rejects. Shadow policies are asked last and never stand in the way.
/// </summary>
internal sealed class RequestGroup(ResolvedRequest[] requests, Memory<RateLimitDecision> decisions)
{
    public async ValueTask<RateLimitDecision> AcquireAsync(IBackendCalls calls)
    {
        var steps = Steps();
        var taken = 0;
        var isAdmitted = true;
        try
        {
            while (isAdmitted && taken < steps.Count)
            {
                isAdmitted = await steps[taken].Acquire(calls, decisions).ConfigureAwait(false);
                taken += isAdmitted ? 1 : 0;
            }
        }
        catch
        {
            await HandBack(steps, taken, calls).ConfigureAwait(false);
            throw;
        }

        if (!isAdmitted)
        {
            await HandBack(steps, taken, calls).ConfigureAwait(false);
            foreach (var step in steps.Skip(taken + 1))
            {
                await step.Peek(calls, decisions).ConfigureAwait(false);
            }
        }

        await AskShadows(calls, isAdmitted).ConfigureAwait(false);
        return CombinedDecision.Of(decisions.Span);
    }

    private static async ValueTask HandBack(List<GroupStep> steps, int taken, IBackendCalls calls)
    {
        for (var i = taken - 1; i >= 0; i--)
        {
            await steps[i].Refund(calls).ConfigureAwait(false);
        }
    }

    private async ValueTask AskShadows(IBackendCalls calls, bool isAdmitted)
    {
        for (var i = 0; i < requests.Length; i++)
        {
            var (backend, request) = requests[i];
            if (requests[i].IsShadow)
            {
                var decision = isAdmitted
                    ? await calls.Acquire(backend, request).ConfigureAwait(false)
                    : await calls.Peek(backend, request).ConfigureAwait(false);

                // Observing must not delay anybody either.
                decisions.Span[i] = decision.IsAllowed ? decision.WithDelay(0) : decision.Shadowed();
            }
        }
    }

    private List<GroupStep> Steps()
    {
        var steps = new List<GroupStep>();
        for (var i = 0; i < requests.Length; i++)
        {
            if (!requests[i].IsShadow && !steps.Exists(step => step.TryAdd(i, requests[i])))
            {
                steps.Add(new GroupStep(i, requests[i]));
            }
        }

        return steps;
    }
}
