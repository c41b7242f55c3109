using SmartRateLimit.Contract;

namespace SmartRateLimit.Tests.Remote;

/// <summary>A remote backend over a <see cref="FakeStore"/>, on a clock that the test moves.</summary>
internal sealed class RemoteBed : IDisposable
{
    public RemoteBed(Action<RemoteBackendOptions>? configure = null)
    {
        Store = new FakeStore(Time);
        var options = new RemoteBackendOptions { TimeProvider = Time, MaxConcurrentCalls = 1 };
        options.CircuitBreaker.Jitter = 0;
        configure?.Invoke(options);
        Backend = new RemoteBackend(Store, options);
        Backend.CircuitStateChanged += (_, change) => Changes.Add(change.Current);
    }

    public FakeTime Time { get; } = new();

    public FakeStore Store { get; }

    public RemoteBackend Backend { get; }

    public List<CircuitState> Changes { get; } = [];

    public static TimeSpan Timeout => new RemoteBackendOptions().Timeout;

    public static RateLimitPolicy Policy(string rates = "5/h", FailureMode mode = FailureMode.Local, string name = "policy") =>
        RateLimitPolicy.Parse(name, rates) with { OnBackendFailure = mode };

    public Task<RateLimitDecision> Acquire(RateLimitPolicy policy, string key = "key", long cost = 1, CancellationToken cancellationToken = default) =>
        Backend.AcquireAsync(policy, key, cost, cancellationToken).AsTask();

    /// <summary>Lets calls fail until the circuit is open.</summary>
    public async Task Break(RateLimitPolicy policy)
    {
        for (var i = 0; i < 5; i++)
        {
            await Acquire(policy, $"break {i}");
        }

        Assert.Equal(CircuitState.Open, Backend.CircuitState);
    }

    public void Dispose() => Backend.Dispose();
}
