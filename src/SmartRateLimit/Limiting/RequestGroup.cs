using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using SmartRateLimit.Backends;

namespace SmartRateLimit.Limiting;

/// <summary>
/// Several requests that are admitted together or not at all. What shares an atomic backend is one step of it; permits
/// taken elsewhere are handed back when a later step rejects. Shadow policies are asked last and never stand in the way.
/// </summary>
internal sealed class RequestGroup
{
    private readonly ResolvedRequest[] _requests;
    private readonly Memory<RateLimitDecision> _decisions;

    private RequestGroup(ResolvedRequest[] requests, Memory<RateLimitDecision> decisions)
    {
        _requests = requests;
        _decisions = decisions;
    }

    public ReadOnlySpan<ResolvedRequest> Requests => _requests;

    /// <summary>Each request's own decision, once they are made.</summary>
    public ReadOnlySpan<RateLimitDecision> Decisions => _decisions.Span;

    /// <exception cref="ArgumentException">There is no request, <paramref name="decisions"/> is too short, or a request is invalid.</exception>
    public static RequestGroup Of(ReadOnlySpan<RateLimitRequest> requests, Memory<RateLimitDecision> decisions, PolicyTable table)
    {
        if (requests.IsEmpty)
        {
            throw new ArgumentException("There must be at least one request to decide.", nameof(requests));
        }

        var room = Room(requests, decisions);
        var resolved = new ResolvedRequest[requests.Length];
        for (var i = 0; i < resolved.Length; i++)
        {
            var (policy, key, cost) = requests[i];
            ArgumentOutOfRangeException.ThrowIfNegative(cost, nameof(requests));
            var resolution = table.Resolve(policy);
            resolved[i] = new ResolvedRequest(resolution, new RateLimitRequest(resolution.Policy, resolution.Fold(key), cost));
        }

        return new RequestGroup(resolved, room);
    }

    public async ValueTask<RateLimitDecision> AcquireAsync(IBackendCalls calls)
    {
        var steps = Steps();
        var taken = 0;
        var isAdmitted = true;
        try
        {
            while (isAdmitted && taken < steps.Count)
            {
                isAdmitted = await steps[taken].Acquire(calls, _decisions).ConfigureAwait(false);
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
                await step.Peek(calls, _decisions).ConfigureAwait(false);
            }
        }

        await AskShadows(calls, isAdmitted).ConfigureAwait(false);
        return Together();
    }

    /// <summary>The answer for all: a policy that only observes has no say in it, unless there is no other.</summary>
    private RateLimitDecision Together()
    {
        var enforced = new List<RateLimitDecision>(_requests.Length);
        for (var i = 0; i < _requests.Length; i++)
        {
            if (!_requests[i].IsShadow)
            {
                enforced.Add(_decisions.Span[i]);
            }
        }

        return CombinedDecision.Of(enforced.Count > 0 ? CollectionsMarshal.AsSpan(enforced) : _decisions.Span);
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
        for (var i = 0; i < _requests.Length; i++)
        {
            var (resolution, request) = _requests[i];
            if (_requests[i].IsShadow)
            {
                var decision = isAdmitted
                    ? await calls.Acquire(resolution.Backend, request).ConfigureAwait(false)
                    : await calls.Peek(resolution.Backend, request).ConfigureAwait(false);
                _decisions.Span[i] = resolution.InForce(decision);
            }
        }
    }

    private List<GroupStep> Steps()
    {
        var steps = new List<GroupStep>();
        for (var i = 0; i < _requests.Length; i++)
        {
            if (!_requests[i].IsShadow && !steps.Exists(step => step.TryAdd(i, _requests[i])))
            {
                steps.Add(new GroupStep(i, _requests[i]));
            }
        }

        return steps;
    }

    [SuppressMessage("Style", "IDE0046:Convert to conditional expression", Justification = "The exception is the exception.")]
    private static Memory<RateLimitDecision> Room(ReadOnlySpan<RateLimitRequest> requests, Memory<RateLimitDecision> decisions)
    {
        if (decisions.IsEmpty)
        {
            return new RateLimitDecision[requests.Length];
        }

        return decisions.Length >= requests.Length
            ? decisions[..requests.Length]
            : throw new ArgumentException($"There are {requests.Length} requests but room for {decisions.Length} decisions; pass none or at least as many.", nameof(decisions));
    }
}
