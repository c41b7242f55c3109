namespace SmartRateLimit.MongoDB.Calls;

/// <summary>
/// Requests that are admitted together or not at all. Those of one document are decided as one; of several documents each
/// is asked in turn, and what was taken is handed back when a later one rejects.
/// </summary>
/// <param name="parts">The requests, by document.</param>
/// <param name="calls">What is said to the store about a request's bucket.</param>
internal sealed class GroupCalls(List<CallPart> parts, Func<StoreRequest, BucketCalls> calls)
{
    /// <param name="decisions">Receives each request's own decision.</param>
    public IEnumerable<Command> Take(Memory<RateLimitDecision> decisions)
    {
        for (var taken = 0; taken < parts.Count; taken++)
        {
            var own = new RateLimitDecision[parts[taken].Callers];
            foreach (var command in calls(parts[taken].Requests[0]).Take(parts[taken].Requests, isGroup: true, own))
            {
                yield return command;
            }

            parts[taken].Spread(own, decisions.Span);
            if (!Array.TrueForAll(own, decision => decision.IsAllowed))
            {
                var rest = parts[..taken].SelectMany(HandBack).Concat(parts[(taken + 1)..].SelectMany(part => Look(part, decisions)));
                foreach (var command in rest)
                {
                    yield return command;
                }

                yield break;
            }
        }
    }

    private IEnumerable<Command> HandBack(CallPart part) => part.Requests.SelectMany(request => calls(request).Refund(request.Cost));

    private IEnumerable<Command> Look(CallPart part, Memory<RateLimitDecision> decisions)
    {
        var own = new RateLimitDecision[part.Callers];
        foreach (var command in calls(part.Requests[0]).Peek(found => Array.Fill(own, found)))
        {
            yield return command;
        }

        part.Spread(own, decisions.Span);
    }
}
