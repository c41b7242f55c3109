namespace SmartRateLimit.Tests.Properties;

/// <summary>What holds of every decision, whatever came before it.</summary>
public sealed class DecisionTests
{
    private const int Cases = 150;

    public static TheoryData<RateLimitAlgorithm, Store> Everywhere => Stores.Everywhere;

    // Seen to fail: one tick too little was announced; and one tick too much.
    [Theory]
    [MemberData(nameof(Everywhere))]
    public void The_announced_wait_is_enough_and_one_tick_less_is_not(RateLimitAlgorithm algorithm, Store store) =>
        Property.Holds(Traffic.UnderSeveralRates(algorithm), Cases, traffic =>
        {
            var caller = Caller.After(store, traffic);
            for (var cost = 1; cost <= 3; cost++)
            {
                if (caller.Ask(cost) is { IsAllowed: false, Reason: RateLimitReason.Exceeded } rejection)
                {
                    caller.Time.Advance(rejection.RetryAfter.Ticks - 1);
                    if (caller.Ask(cost).IsAllowed)
                    {
                        return $"a cost of {cost} was admitted a tick before {rejection.RetryAfter}";
                    }

                    caller.Time.Advance(1);
                    if (!caller.Ask(cost).IsAllowed)
                    {
                        return $"a cost of {cost} was refused after {rejection.RetryAfter}";
                    }
                }
            }

            return null;
        });

    // Seen to fail: a rejected request was charged; and each of several rates charged what it would have admitted itself.
    [Theory]
    [MemberData(nameof(Everywhere))]
    public void Without_its_rejected_requests_a_history_goes_exactly_as_with_them(RateLimitAlgorithm algorithm, Store store) =>
        Property.Holds(Traffic.UnderSeveralRates(algorithm), Cases, traffic =>
        {
            var (all, admitted) = (new Caller(store, traffic.Policies), new Caller(store, traffic.Policies));
            foreach (var step in traffic.Steps)
            {
                var asked = all.Told.Count;
                all.Do(step);
                admitted.Time.Advance(all.Now - admitted.Now);
                foreach (var (cost, decision) in all.Told.Skip(asked).Where(told => told.Decision.IsAllowed))
                {
                    var alone = admitted.Ask(cost);
                    if (alone != decision)
                    {
                        return $"a cost of {cost} leaves {decision.Remaining} and resets after {decision.ResetAfter} beside rejections, {alone.Remaining} and {alone.ResetAfter} without them";
                    }
                }
            }

            return null;
        });
}
