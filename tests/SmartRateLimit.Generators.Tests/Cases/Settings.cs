public partial class Everything(IRateLimiter limiter)
{
    [RateLimited(
        "2/d; 100/w",
        Key = nameof(tenant),
        Algorithm = RateLimitAlgorithm.LeakyBucket,
        Burst = 3,
        InitialPermits = 2,
        Cost = "2",
        Name = "every \"thing\"",
        MaxWait = "1500ms",
        OnBackendFailure = FailureMode.Closed,
        Backend = "memory",
        Shadow = true)]
    public partial Task AllAsync(string tenant);

    [RateLimited("5/h", Key = nameof(tenant), Algorithm = RateLimitAlgorithm.FixedWindow, AlignToClock = false)]
    public partial void Window(string tenant);

    private Task AllAsyncCore(string tenant) => Task.CompletedTask;

    private void WindowCore(string tenant)
    {
    }
}

public static class Scenario
{
    public const string Expected = "done done done done done rejected";

    public static string Run()
    {
        var everything = new Everything(Probe.Limiter());
        return Probe.Of(6, () => everything.Window("t"));
    }
}
