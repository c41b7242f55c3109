using System.Collections.Immutable;
using SmartRateLimit.Contract;

namespace SmartRateLimit.Tests.Properties;

/// <summary>Somebody who was admitted: when, for how much, and after which delay.</summary>
internal readonly record struct Admission(long At, long Cost, long Delay);

/// <summary>Does what some traffic says to a limiter, and writes down what came of it.</summary>
internal sealed class Caller
{
    public const string Key = "key";

    private readonly ImmutableArray<RateLimitPolicy> _policies;
    private readonly List<Admission> _admissions = [];
    private RateLimitDecision _last;

    public Caller(Store store, ImmutableArray<RateLimitPolicy> policies)
    {
        _policies = policies;
        Policy = policies[0];
        Limiter = new SmartRateLimiter(Stores.Create(store, Time), Time);
    }

    public FakeTime Time { get; } = new();

    public SmartRateLimiter Limiter { get; }

    public RateLimitPolicy Policy { get; private set; }

    /// <summary>Ticks since the epoch.</summary>
    public long Now => Time.GetUtcNow().UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks;

    /// <summary>What every request of the traffic was told, with its cost.</summary>
    public List<(long Cost, RateLimitDecision Decision)> Told { get; } = [];

    public IReadOnlyList<Admission> Admissions => _admissions;

    public static Caller After(Store store, Traffic traffic)
    {
        var caller = new Caller(store, traffic.Policies);
        foreach (var step in traffic.Steps)
        {
            caller.Do(step);
        }

        return caller;
    }

    public void Do(Step step)
    {
        var period = Policy.Rates[0].Period.Ticks;
        switch (step.Move)
        {
            case Move.Ask:
                Ask(step.Amount);
                break;
            case Move.Drain:
                Ask(Math.Max(1, _last.Remaining));
                break;
            case Move.Change:
                Policy = _policies[step.Amount % _policies.Length];
                break;
            default:
                Time.Advance(Math.Max(0, step.Move switch
                {
                    Move.PassTick => 1,
                    Move.PassFraction => period * step.Amount / 16,
                    Move.PassPeriod => period,
                    Move.PassToSeam => period - (Now % period),
                    Move.PassNearlyToSeam => period - (Now % period) - 1,
                    Move.PassRetryAfter => Math.Max(0, _last.RetryAfter.Ticks),
                    _ => _last.RetryAfter.Ticks - 1,
                }));
                break;
        }
    }

    public RateLimitDecision Ask(long cost)
    {
        _last = Limiter.Acquire(Policy, Key, cost);
        Told.Add((cost, _last));
        if (_last.IsAllowed && cost > 0)
        {
            _admissions.Add(new Admission(Now, cost, _last.Delay.Ticks));
        }

        return _last;
    }
}
