using SmartRateLimit.Redis.Policies;
using StackExchange.Redis;

namespace SmartRateLimit.Redis.Scripts;

/// <summary>Collects requests that one run of the script decides, in order.</summary>
/// <param name="isGroup">Whether all are admitted or none.</param>
/// <param name="idleMilliseconds">How long a bucket is kept that is as new.</param>
/// <param name="requests">About how many there will be.</param>
internal sealed class ScriptCallBuilder(bool isGroup, long idleMilliseconds, int requests)
{
    private const int NumbersPerRequest = 5;

    private readonly List<RedisKey> _keys = new(requests);
    private readonly Dictionary<string, int> _places = new(requests, StringComparer.Ordinal);
    private readonly List<RateLimitPolicy> _policies = new(1);
    private readonly List<RedisValue> _requests = new(NumbersPerRequest * requests);

    public void Add(in ScriptRequest request)
    {
        _requests.Add(PlaceOf(request.Bucket));
        _requests.Add(PlaceOf(request.Policy));
        _requests.Add(ScriptWords.Of(request.Operation));
        _requests.Add(request.CountableCost);
        _requests.Add(request.Callers);
    }

    public ScriptCall Build()
    {
        var arguments = new RedisValue[3 + _policies.Count + _requests.Count];
        arguments[0] = idleMilliseconds;
        arguments[1] = isGroup ? ScriptWords.All : ScriptWords.Each;
        arguments[2] = _policies.Count;
        for (var i = 0; i < _policies.Count; i++)
        {
            arguments[3 + i] = StoredNumbers.Of(_policies[i]).Argument;
        }

        _requests.CopyTo(arguments, 3 + _policies.Count);
        return new ScriptCall([.. _keys], arguments);
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
