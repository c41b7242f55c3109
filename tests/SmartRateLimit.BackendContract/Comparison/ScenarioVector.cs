using System.Numerics;
using System.Text.Json.Nodes;
using SmartRateLimit.Contract.Model;

namespace SmartRateLimit.Contract.Comparison;

/// <summary>Writes a history with the model's answers as a case for the vectors, to be kept when what it found is mended.</summary>
internal sealed class ScenarioVector(Scenario scenario)
{
    private readonly FakeTime _time = new(scenario.Start);
    private readonly JsonArray _steps = [];

    /// <summary>The case, or <see langword="null"/> where it cannot be one: it reserves permits, or takes a century.</summary>
    public JsonObject? Write(string id)
    {
        if (scenario.Operations.Any(operation => operation.Kind == OperationKind.AcquireOrReserve) && scenario.Policies.Any(policy => policy.MaxWait > TimeSpan.Zero))
        {
            return null;
        }

        var model = new ReferenceModel(_time);
        var policy = scenario.Policies[0];
        var now = scenario.Start.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks;
        var lastAsked = long.MinValue;
        foreach (var operation in scenario.Operations)
        {
            var (kind, amount) = operation;
            switch (kind)
            {
                case OperationKind.Advance:
                    _time.Advance(amount);
                    now += amount;
                    break;
                case OperationKind.StepWall:
                    Step("stepWall", now)["by"] = Seconds(amount);
                    _time.StepWall(TimeSpan.FromTicks(amount));
                    break;
                case OperationKind.StepBoth when operation.LeavesWhatIsKnown(policy, scenario.IsWrittenWhenAsked, _time.GetTimestamp(), lastAsked):
                    break;
                case OperationKind.StepBoth:
                    Step("stepBoth", now)["by"] = Seconds(amount);
                    _time.StepWall(TimeSpan.FromTicks(amount));
                    _time.StepMonotonic(TimeSpan.FromTicks(amount));
                    break;
                case OperationKind.ChangePolicy:
                    policy = scenario.Policies[(int)amount];
                    Step("change", now)["config"] = Config(policy);
                    break;
                case OperationKind.Reset:
                    Step("reset", now);
                    model.Reset(policy, "vector");
                    break;
                case OperationKind.Peek:
                    Expect(Step("peek", now), model.Peek(policy, "vector"));
                    lastAsked = _time.GetTimestamp();
                    break;
                default:
                    var step = Step("acquire", now);
                    step["cost"] = amount;
                    var answer = model.Acquire(policy, "vector", amount, mayReserve: false);
                    Expect(step, answer);
                    lastAsked = _time.GetTimestamp();
                    if (kind == OperationKind.AcquireAndRefund && answer.IsAllowed)
                    {
                        Step("refund", now)["cost"] = amount;
                        model.Refund(policy, "vector", amount);
                    }

                    break;
            }
        }

        // A case begins at the epoch, and no process runs for longer than a hundred years.
        return now > TimeSpan.TicksPerDay * 36_000 ? null : new JsonObject { ["id"] = id, ["title"] = "found by a random history", ["config"] = Config(scenario.Policies[0]), ["steps"] = _steps };
    }

    private static JsonObject Config(RateLimitPolicy policy)
    {
        var config = new JsonObject { ["algorithm"] = policy.Algorithm.ToString(), ["rates"] = string.Join("; ", policy.Rates), ["alignToClock"] = policy.AlignToClock };
        if (policy.Burst is { } burst)
        {
            config["burst"] = burst;
        }

        if (policy.InitialPermits is { } initial)
        {
            config["initial"] = initial;
        }

        return config;
    }

    private static void Expect(JsonObject step, Answer answer)
    {
        step["allowed"] = answer.IsAllowed;
        step["reason"] = answer.Reason.ToString();
        step["remaining"] = (long)answer.Remaining;
        step["limit"] = (long)answer.Limit;
        step["retryAfter"] = Seconds(answer.RetryAfter);
        step["resetAfter"] = Seconds(answer.ResetAfter);
        step["delay"] = Seconds(answer.Delay);
    }

    private static JsonValue? Seconds(BigInteger? ticks) => ticks is { } some ? JsonValue.Create((decimal)some / TimeSpan.TicksPerSecond) : null;

    private JsonObject Step(string op, long now)
    {
        var step = new JsonObject { ["t"] = Seconds(now), ["op"] = op };
        _steps.Add(step);
        return step;
    }
}
