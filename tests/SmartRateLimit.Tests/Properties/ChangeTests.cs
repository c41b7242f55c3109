using FsCheck.Fluent;

namespace SmartRateLimit.Tests.Properties;

/// <summary>Numbers that change while a key is in use admit what the larger of them would, never the sum.</summary>
public sealed class ChangeTests
{
    private const int Cases = 300;

    public static TheoryData<RateLimitAlgorithm, Store> Everywhere => Stores.Everywhere;

    public static TheoryData<Store> EveryStore => [.. Enum.GetValues<Store>()];

    // Seen to fail: a change made every meter new.
    [Theory]
    [MemberData(nameof(Everywhere))]
    public void However_often_numbers_change_a_window_holds_no_more_than_under_the_largest(RateLimitAlgorithm algorithm, Store store) =>
        Property.Holds(Traffic.UnderChanges(() => Gen.Constant(algorithm)), Cases, traffic =>
        {
            var period = traffic.Policies[0].Rates[0].Period.Ticks;
            var capacity = traffic.Policies.Max(Capacity);
            var permits = traffic.Policies.Max(policy => policy.Rates[0].Permits);
            var admissions = Caller.After(store, traffic).Admissions;
            for (var first = 0; first < admissions.Count; first++)
            {
                var sum = 0L;
                for (var last = first; last < admissions.Count && admissions[last].At - admissions[first].At < period; last++)
                {
                    sum += admissions[last].Cost;
                    var most = algorithm switch
                    {
                        RateLimitAlgorithm.SlidingWindow => capacity,
                        RateLimitAlgorithm.FixedWindow or RateLimitAlgorithm.SlidingWindowCounter => 2 * capacity,
                        _ => capacity + (long)((Int128)permits * (admissions[last].At - admissions[first].At) / period),
                    };
                    if (sum > most)
                    {
                        return $"{traffic} admitted {sum} from {admissions[first].At} to {admissions[last].At}, where {most} are the most";
                    }
                }
            }

            return null;
        });

    // Seen to fail: a change made every meter new.
    [Theory]
    [MemberData(nameof(EveryStore))]
    public void However_often_even_the_algorithm_changes_one_moment_holds_no_more_than_the_largest(Store store) =>
        Property.Holds(Traffic.UnderChanges(() => Gen.Elements(Enum.GetValues<RateLimitAlgorithm>())), 3 * Cases, traffic =>
        {
            var most = traffic.Policies.Max(Capacity);
            var moment = Caller.After(store, traffic).Admissions.GroupBy(admission => admission.At).FirstOrDefault(moment => moment.Sum(admission => admission.Cost) > most);
            return moment is null ? null : $"{traffic} admitted {moment.Sum(admission => admission.Cost)} at {moment.Key}, where {most} are the most";
        });

    private static long Capacity(RateLimitPolicy policy) => policy.Burst ?? policy.Rates[0].Permits;
}
