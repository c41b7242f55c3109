using StackExchange.Redis;

namespace SmartRateLimit.Redis.Scripts;

/// <summary>Requests that one run of the script decides, in order, and the keys and arguments that say so.</summary>
internal sealed class ScriptCall(bool isGroup, long idleMilliseconds)
{
    /// <summary>Costs above it fit no limit that the store accepts, and doubles are whole up to it.</summary>
    private const long MostCost = (1L << 53) - 1;

    private static readonly RedisValue[] Operations = ["take", "reserve", "peek", "refund"];

    private readonly List<RedisKey> _keys = [];
    private readonly List<RateLimitPolicy> _policies = [];
    private readonly List<RedisValue> _requests = [];

    public RedisKey[] Keys => [.. _keys];

    public void Add(RateLimitPolicy policy, RedisKey key, Operation operation, long cost, int callers = 1)
    {
        _requests.Add(IndexOf(_keys, key));
        _requests.Add(IndexOf(_policies, policy));
        _requests.Add(Operations[(int)operation]);
        _requests.Add(Math.Min(cost, MostCost));
        _requests.Add(callers);
    }

    public RedisValue[] Arguments()
    {
        var arguments = new RedisValue[3 + _policies.Count + _requests.Count];
        arguments[0] = idleMilliseconds;
        arguments[1] = isGroup ? "all" : "each";
        arguments[2] = _policies.Count;
        for (var i = 0; i < _policies.Count; i++)
        {
            arguments[3 + i] = Policies.StoredNumbers.Of(_policies[i]).Text;
        }

        _requests.CopyTo(arguments, 3 + _policies.Count);
        return arguments;
    }

    /// <returns>The one-based index of an item, which is added when it is new.</returns>
    private static int IndexOf<T>(List<T> list, T item)
    {
        var index = list.IndexOf(item);
        if (index < 0)
        {
            index = list.Count;
            list.Add(item);
        }

        return index + 1;
    }
}
