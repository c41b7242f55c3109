public partial class Jobs(IRateLimiter limiter)
{
    [RateLimited("1/d", Key = "*")]
    public partial Task RunAsync();

    [RateLimited("1/d", Key = RateLimitKey.Global)]
    public partial ValueTask StopAsync(CancellationToken cancellationToken);

    [RateLimited("1/d", Key = "*")]
    public partial ValueTask<int> CountAsync(int from);

    private Task RunAsyncCore() => Task.CompletedTask;

    private async ValueTask StopAsyncCore(CancellationToken cancellationToken) => await Task.Delay(1, cancellationToken);

    private ValueTask<int> CountAsyncCore(int from) => new(from + 1);
}

public static class Scenario
{
    public const string Expected = "done rejected done rejected 2 rejected";

    public static async Task<string> Run()
    {
        var jobs = new Jobs(Probe.Limiter());
        return await Probe.Of(
            () => Probe.Done(jobs.RunAsync()),
            () => Probe.Done(jobs.RunAsync()),
            () => Probe.Done(jobs.StopAsync(default).AsTask()),
            () => Probe.Done(jobs.StopAsync(default).AsTask()),
            () => Probe.Value(jobs.CountAsync(1).AsTask()),
            () => Probe.Value(jobs.CountAsync(1).AsTask()));
    }
}
