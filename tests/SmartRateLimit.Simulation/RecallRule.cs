namespace SmartRateLimit.Simulation;

/// <summary>
/// A refusal that was answered from memory is one that the store would make at that moment. Where a bucket was given
/// permits otherwise than by time, the news may be lost, which costs at most the wait that was announced.
/// </summary>
internal sealed class RecallRule(World world, Scenario scenario, StoreServer[] servers, List<string> violations)
{
    public void Check(Answer answer)
    {
        if (answer.Decision is not { Reason: RateLimitReason.Exceeded, IsDegraded: false } || answer.Cost != 1 || servers.Length != 1 || IsExcused())
        {
            return;
        }

        if (servers[0].Peek(scenario.PolicyOf(answer.Key), answer.Key).IsAllowed)
        {
            violations.Add($"{world.Now}: node {answer.Node} refused \"{answer.Key}\" from memory for another {answer.Decision.RetryAfter}, but the store would have admitted it.");
        }
    }

    private bool IsExcused()
    {
        var since = world.Now - (2 * scenario.Policy.Rates[0].Period);
        return servers[0].Mintings.Any(at => at >= since) || servers[0].Entries.Any(entry => entry.Permits < 0 && entry.At >= since);
    }
}
