using System.Text.Json;

namespace SmartRateLimit.Contract.Vectors;

/// <summary>Compares a decision with those fields that a step of a case gives.</summary>
internal static class VectorExpectation
{
    public static void Check(JsonElement step, RateLimitDecision actual, long now, decimal unit, string where)
    {
        foreach (var field in step.EnumerateObject())
        {
            object? expected = field.Value.ValueKind == JsonValueKind.Null ? Timeout.InfiniteTimeSpan : field.Name switch
            {
                "allowed" => field.Value.GetBoolean(),
                "remaining" or "limit" => field.Value.GetInt64(),
                "retryAfter" or "resetAfter" or "delay" => TimeSpan.FromTicks(VectorTime.Ticks(step, field.Name, unit)!.Value),
                "resetAt" => TimeSpan.FromTicks(VectorTime.Ticks(step, field.Name, unit)!.Value - now),
                "violated" or "reason" => field.Value.GetString(),
                "retryAfterHeader" => field.Value.GetInt64(),
                _ => null,
            };

            if (expected is not null)
            {
                Assert.True(expected.Equals(Actual(field.Name, actual)), $"{where}: {field.Name} is {Actual(field.Name, actual)}, not {expected}");
            }
        }
    }

    private static object? Actual(string field, in RateLimitDecision decision) => field switch
    {
        "allowed" => decision.IsAllowed,
        "remaining" => decision.Remaining,
        "limit" => decision.Limit,
        "retryAfter" => decision.RetryAfter,
        "resetAfter" or "resetAt" => decision.ResetAfter,
        "delay" => decision.Delay,
        "violated" => decision.ViolatedRate?.ToString(),
        "reason" => decision.Reason.ToString(),

        // What a header says: whole seconds, rounded up, at least one.
        "retryAfterHeader" => decision.RetryAfter == Timeout.InfiniteTimeSpan
            ? Timeout.InfiniteTimeSpan
            : Math.Max(1, (decision.RetryAfter.Ticks + TimeSpan.TicksPerSecond - 1) / TimeSpan.TicksPerSecond),
        _ => null,
    };
}
