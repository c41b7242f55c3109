using SmartRateLimit.Contract;
using SmartRateLimit.Tests.Resilience;

namespace SmartRateLimit.Tests.Multi;

/// <summary>Two backends that can be switched off, behind one, on a clock that the test moves.</summary>
internal sealed class MultiBed : IDisposable
{
    public static readonly TimeSpan Interval = new MultiBackendOptions().HealthCheckInterval;
    public static readonly TimeSpan Dwell = new MultiBackendOptions().MinimumDwell;
    public static readonly RateLimitBackendException Outage = new(BackendFailure.Unavailable, "down");

    public MultiBed(Action<MultiBackendOptions>? configure = null)
    {
        First = new FailingBackend("first", Time);
        Second = new FailingBackend("second", Time);
        var options = new MultiBackendOptions { TimeProvider = Time };
        configure?.Invoke(options);
        Backend = new MultiBackend([First, Second], options);
        Backend.ActiveBackendChanged += (_, change) => Switches.Add($"{change.Previous} to {change.Current}");
    }

    public FakeTime Time { get; } = new();

    public FailingBackend First { get; }

    public FailingBackend Second { get; }

    public MultiBackend Backend { get; }

    public List<string> Switches { get; } = [];

    public string Active => Assert.Single(Backend.Statuses, status => status.IsActive).Name;

    public RateLimitDecision Acquire(RateLimitPolicy policy, string key = "key", long cost = 1) => Backend.Acquire(policy, key, cost);

    /// <summary>Lets the background checks run, one interval after the other.</summary>
    public async Task Pass(TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += Interval)
        {
            var checks = First.Checks;
            Time.Advance(Interval);
            await Eventually.Holds(() => First.Checks > checks, "the backends were checked");
            await Task.Delay(5);
        }
    }

    public void Dispose() => Backend.Dispose();
}
