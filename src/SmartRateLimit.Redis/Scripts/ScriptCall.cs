using SmartRateLimit.Redis.Policies;
using StackExchange.Redis;

namespace SmartRateLimit.Redis.Scripts;

/// <summary>The keys and arguments of one run of the script.</summary>
/// <param name="Keys">The buckets' names.</param>
/// <param name="Arguments">How long a bucket is kept that is as new, the mode, the policies, and five values for each request.</param>
internal readonly record struct ScriptCall(RedisKey[] Keys, RedisValue[] Arguments)
{
    /// <summary>The call of one request, as <see cref="ScriptCallBuilder"/> would build it.</summary>
    public static ScriptCall Of(in ScriptRequest request, long idleMilliseconds) => new(
        [request.Bucket],
        [
            idleMilliseconds, ScriptWords.Each, 1, StoredNumbers.Of(request.Policy).Argument,
            1, 1, ScriptWords.Of(request.Operation), request.CountableCost, request.Callers,
        ]);
}
