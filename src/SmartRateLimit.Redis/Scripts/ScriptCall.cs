using StackExchange.Redis;

namespace SmartRateLimit.Redis.Scripts;

/// <summary>Requests that one run of the script decides, in order, and the keys and arguments that say so.</summary>
/// <param name="isGroup">Whether all are admitted or none.</param>
/// <param name="idleMilliseconds">How long a bucket is kept that is as new.</param>
/// <param name="requests">About how many there will be.</param>
internal sealed class ScriptCall(bool isGroup, long idleMilliseconds, int requests = 1)
{
    /// <summary>Costs above it fit no limit that the store accepts, and doubles are whole up to it.</summary>
    private const long MostCost = (1L << 53) - 1;

    private const int NumbersPerRequest = 5;

    private static readonly RedisValue[] Operations = ["take", "reserve", "peek", "refund"];

    private readonly List<RedisKey> _keys = new(requests);
    private readonly Dictionary<string, int> _places = new(requests, StringComparer.Ordinal);
    private readonly List<RateLimitPolicy> _policies = new(1);
    private readonly List<RedisValue> _requests = new(NumbersPerRequest * requests);

    public RedisKey[] Keys => [.. _keys];

    public void Add(RateLimitPolicy policy, string key, Operation operation, long cost, int callers = 1)
    {
        _requests.Add(PlaceOf(key));
        _requests.Add(PlaceOf(policy));
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

    /// <returns>The one-based index of a key, which is added when it is new.</returns>
    private int PlaceOf(string key)
    {
        if (!_places.TryGetValue(key, out var place))
        {
            _keys.Add(key);
            _places.Add(key, place = _keys.Count);
        }

        return place;
    }

    /// <returns>The one-based index of a policy, of which there are few, and which is added when it is new.</returns>
    private int PlaceOf(RateLimitPolicy policy)
    {
        var index = _policies.IndexOf(policy);
        if (index < 0)
        {
            index = _policies.Count;
            _policies.Add(policy);
        }

        return index + 1;
    }
}
