using System.Text.Json;

namespace SmartRateLimit.Contract.Vectors;

/// <summary>Runs one case through the public limiter. The state that a case starts with is reached by earlier calls.</summary>
public sealed class VectorRun
{
    private const string Key = "vector";

    private readonly Vector _vector;
    private readonly bool _hasMonotonicClock;
    private readonly FakeTime _time;
    private readonly IRateLimitBackend _backend;
    private readonly SmartRateLimiter _limiter;
    private readonly decimal _unit;
    private readonly long _origin;
    private RateLimitPolicy _policy;
    private long _now;

    public VectorRun(Vector vector, Func<FakeTime, IRateLimitBackend> createBackend, bool hasMonotonicClock = true)
    {
        _vector = vector;
        _hasMonotonicClock = hasMonotonicClock;
        _policy = VectorPolicy.From(vector.Config);
        _unit = vector.Config.TryGetProperty("timeUnit", out _) ? 0.001m : 1;

        // One period before the case's zero leaves room for what the previous window held.
        _origin = vector.Config.TryGetProperty("previous", out _) ? _policy.Rates[0].Period.Ticks : 0;
        _time = new FakeTime(DateTimeOffset.UnixEpoch);
        _backend = createBackend(_time);
        _limiter = new SmartRateLimiter(_backend, _time);
    }

    public async Task RunAsync()
    {
        Prepare();
        var index = 0;
        foreach (var step in _vector.Steps)
        {
            MoveTo(_origin + VectorTime.Ticks(step, "t", _unit)!.Value);
            await PerformAsync(step, $"{_vector}, step {index++}");
        }
    }

    private void Prepare()
    {
        if (_vector.Config.TryGetProperty("previous", out var previous))
        {
            Assert.True(_limiter.Acquire(_policy, Key, previous.GetInt64()).IsAllowed);
            MoveTo(_origin + VectorTime.Ticks(_vector.Steps.First(), "t", _unit)!.Value);
            Assert.True(_limiter.Acquire(_policy, Key, _vector.Config.GetProperty("current").GetInt64()).IsAllowed);
        }

        if (_vector.Config.TryGetProperty("initialLevel", out var level))
        {
            MoveTo(VectorTime.Ticks(_vector.Config, "levelAt", _unit)!.Value);
            Assert.True(_limiter.Acquire(_policy, Key, level.GetInt64()).IsAllowed);
        }
    }

    private void MoveTo(long ticks)
    {
        _time.Advance(ticks - _now);
        _now = ticks;
    }

    private async Task PerformAsync(JsonElement step, string where)
    {
        var cost = step.TryGetProperty("cost", out var some) ? some.GetInt64() : 1;
        switch (step.TryGetProperty("op", out var op) ? op.GetString() : "acquire")
        {
            case "acquire":
                VectorExpectation.Check(step, _limiter.Acquire(_policy, Key, cost), _now - _origin, _unit, where);
                break;
            case "peek":
                VectorExpectation.Check(step, await _limiter.PeekAsync(_policy, Key), _now - _origin, _unit, where);
                break;
            case "refund":
                await _backend.RefundAsync(_policy, Key, cost, CancellationToken.None);
                break;
            case "reset":
                await _limiter.ResetAsync(_policy, Key);
                break;
            case "change":
                _policy = VectorPolicy.From(step.GetProperty("config"));
                break;
            case "stepBoth":
                _time.StepWall(TimeSpan.FromTicks(VectorTime.Ticks(step, "by", _unit)!.Value));
                _time.StepMonotonic(TimeSpan.FromTicks(VectorTime.Ticks(step, "by", _unit)!.Value));
                break;
            case "stepMonotonic" when _hasMonotonicClock:
                _time.StepMonotonic(TimeSpan.FromTicks(VectorTime.Ticks(step, "by", _unit)!.Value));
                break;
            case "stepWall" or "stepMonotonic":
                _time.StepWall(TimeSpan.FromTicks(VectorTime.Ticks(step, "by", _unit)!.Value));
                break;
            default:
                Assert.Fail($"{where}: no operation is called {op}");
                break;
        }
    }
}
