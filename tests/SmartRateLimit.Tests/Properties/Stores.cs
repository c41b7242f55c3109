using SmartRateLimit.Contract;
using SmartRateLimit.Tests.Remote;

namespace SmartRateLimit.Tests.Properties;

/// <summary>Where buckets are kept.</summary>
public enum Store
{
    Memory,

    /// <summary>Behind the coalescer, the refusal memory and the breaker.</summary>
    Remote,

    /// <summary>The first of several.</summary>
    Multi,
}

internal static class Stores
{
    /// <summary>Every algorithm in every store.</summary>
    public static TheoryData<RateLimitAlgorithm, Store> Everywhere
    {
        get
        {
            var data = new TheoryData<RateLimitAlgorithm, Store>();
            foreach (var algorithm in Enum.GetValues<RateLimitAlgorithm>())
            {
                foreach (var store in Enum.GetValues<Store>())
                {
                    data.Add(algorithm, store);
                }
            }

            return data;
        }
    }

    public static IRateLimitBackend Create(Store store, FakeTime time) => store switch
    {
        Store.Remote => new RemoteBackend(new FakeStore(time), new RemoteBackendOptions { TimeProvider = time }),
        Store.Multi => new MultiBackend(
            [new MemoryBackend(new MemoryBackendOptions { TimeProvider = time }), new MemoryBackend(new MemoryBackendOptions { TimeProvider = time, Name = "second" })],
            new MultiBackendOptions { TimeProvider = time, HealthCheckInterval = TimeSpan.FromDays(40) }),
        _ => new MemoryBackend(new MemoryBackendOptions { TimeProvider = time }),
    };
}
