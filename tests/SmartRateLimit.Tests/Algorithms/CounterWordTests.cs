using SmartRateLimit.Algorithms;

namespace SmartRateLimit.Tests.Algorithms;

/// <summary>A counter in one word decides as the counter in general does, whatever the clock does.</summary>
public sealed class CounterWordTests
{
    public static TheoryData<long, long> Rules => new()
    {
        { 1, 1 }, { 7, 3 }, { 100, TimeSpan.TicksPerSecond }, { 10_000, TimeSpan.TicksPerMinute }, { 1_000_000, TimeSpan.TicksPerDay },
        { 3, 365 * TimeSpan.TicksPerDay }, { 0, TimeSpan.TicksPerHour },
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public void Every_operation_gives_what_the_algorithm_gives(long limit, long period)
    {
        var counter = new SlidingWindowCounter(limit, period);
        if (!CounterWord.Fits(counter))
        {
            Assert.InRange(period, 1, TimeSpan.TicksPerMillisecond);
            return;
        }

        var word = new CounterWord(new RateRule<WindowPair>(counter), counter);
        var random = new Random((int)(limit + period));
        foreach (var origin in (long[])[0, TimeSpan.TicksPerDay * 20_000, -TimeSpan.TicksPerDay * 500, -TimeSpan.TicksPerDay * 700_000])
        {
            var now = origin + random.NextInt64(period);
            var (state, packed) = (counter.Fresh(now), word.Fresh(now));
            for (var step = 0; step < 5_000; step++)
            {
                now += random.Next(20) switch
                {
                    0 => random.NextInt64(3 * period),
                    1 => -random.NextInt64((2 * period) + 1),
                    2 => random.NextInt64(40) * period,
                    _ => random.NextInt64((period / 7) + 1),
                };
                var cost = random.Next(8) == 0 ? random.NextInt64(limit + 2) : random.NextInt64((limit / 20) + 2);
                (state, packed) = (counter.Observe(state, now), word.Observe(packed, now));
                var meter = new RateMeter<WindowPair>(new RateRule<WindowPair>(counter), state);
                var verdict = meter.Measure(now, cost, 0);
                Assert.Equal(verdict, word.Measure(packed, now, cost, 0));
                Assert.Equal(verdict.IsAdmitted, word.Fits(packed, now, cost));
                Assert.Equal(meter.Remaining(now), word.Remaining(packed, now));
                Assert.Equal(counter.ResetIn(state, now), word.ResetIn(packed, now));
                Assert.False(word.IsForgettable(packed, now));
                Assert.True(packed >= 0);
                if (verdict.IsAdmitted)
                {
                    (state, packed) = (counter.Charge(state, now, cost, mayGrow: true), word.Charge(packed, now, cost));
                }

                if (random.Next(10) == 0)
                {
                    (state, packed) = (counter.Refund(state, now, cost / 2), word.Refund(packed, now, cost / 2));
                }

                Assert.Equal(state, ((RateMeter<WindowPair>)word.ToMeter(packed, now)).State);
            }

            Assert.True(word.IsForgettable(packed, now + (3 * period)));
        }
    }

    [Fact]
    public void Limits_that_do_not_fit_stay_with_the_algorithm_in_general()
    {
        Assert.True(CounterWord.Fits(new SlidingWindowCounter(32_000, TimeSpan.TicksPerSecond)));
        Assert.False(CounterWord.Fits(new SlidingWindowCounter(40_000, TimeSpan.TicksPerSecond)));
        Assert.True(CounterWord.Fits(new SlidingWindowCounter(8_000_000, TimeSpan.TicksPerDay)));
        Assert.False(CounterWord.Fits(new SlidingWindowCounter(long.MaxValue, TimeSpan.TicksPerDay)));
    }
}
