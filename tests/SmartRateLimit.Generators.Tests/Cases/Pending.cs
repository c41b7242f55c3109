/// <summary>A limiter whose answer always takes a while, as a remote one's does.</summary>
public sealed class RemoteLimiter : IRateLimiter
{
    private readonly SmartRateLimiter _inner = new(new MemoryBackend());

    RateLimitDecision IRateLimiter.Acquire(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost) => _inner.Acquire(policy, key, cost);

    ValueTask<RateLimitDecision> IRateLimiter.AcquireAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost, CancellationToken cancellationToken) =>
        Later(_inner.AcquireAsync(policy, key, cost, cancellationToken), cancellationToken);

    ValueTask<RateLimitDecision> IRateLimiter.AcquireAllAsync(ReadOnlySpan<RateLimitRequest> requests, Memory<RateLimitDecision> decisions, CancellationToken cancellationToken) =>
        Later(_inner.AcquireAllAsync(requests, decisions, cancellationToken), cancellationToken);

    ValueTask<RateLimitDecision> IRateLimiter.PeekAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, CancellationToken cancellationToken) => _inner.PeekAsync(policy, key, cancellationToken);

    ValueTask IRateLimiter.ResetAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, CancellationToken cancellationToken) => _inner.ResetAsync(policy, key, cancellationToken);

    private static async ValueTask<RateLimitDecision> Later(ValueTask<RateLimitDecision> decision, CancellationToken cancellationToken)
    {
        await Task.Delay(5, cancellationToken);
        return await decision;
    }
}

public partial struct Remote(RemoteLimiter limiter)
{
    [RateLimited("1/d", Key = nameof(key))]
    public readonly partial Task RunAsync(string key);

    [RateLimited("1/d", Key = nameof(key))]
    public partial Task<T> EchoAsync<T>(string key, T value, CancellationToken cancellationToken = default)
        where T : IComparable<T>;

    [RateLimited("1/d", Key = nameof(KeyOf))]
    public partial ValueTask StopAsync(string key);

    [RateLimited("1/d", Key = nameof(key), OnRejected = nameof(Nobody))]
    public partial ValueTask<int> CountAsync(string key);

    [RateLimited("1/d", Key = nameof(key))]
    [RateLimited("9/d", Key = "*", Cost = "2")]
    public partial Task BothAsync(string key);

    [RateLimited("1/d", Key = nameof(key), OnRejected = nameof(Ignore))]
    public partial Task QuietAsync(string key);

    [RateLimited("1/d", Key = nameof(a))]
    public partial Task<string> SixAsync(string a, int b, int c, int d, int e, int f);

    [RateLimited("1/d", Key = nameof(a))]
    public partial Task<string> SevenAsync(string a, int b, int c, int d, int e, int f, int g);

    private readonly Task RunAsyncCore(string key) => Task.CompletedTask;

    private Task<T> EchoAsyncCore<T>(string key, T value, CancellationToken cancellationToken)
        where T : IComparable<T> => Task.FromResult(value);

    private ValueTask StopAsyncCore(string key) => key == "cancel" ? throw new OperationCanceledException() : throw new TimeoutException();

    private ValueTask<int> CountAsyncCore(string key) => new(1);

    private Task BothAsyncCore(string key) => Task.CompletedTask;

    private Task QuietAsyncCore(string key) => Task.CompletedTask;

    private static string KeyOf(string key) => key.Length == 0 ? throw new FormatException() : key;

    private Task<string> SixAsyncCore(string a, int b, int c, int d, int e, int f) => Task.FromResult($"{a}{b}{c}{d}{e}{f}");

    private Task<string> SevenAsyncCore(string a, int b, int c, int d, int e, int f, int g) => Task.FromResult($"{a}{b}{c}{d}{e}{f}{g}");

    private static ValueTask<int> Nobody(in RateLimitDecision decision) => new((int)decision.Limit * -1);

    private static Task Ignore() => Task.CompletedTask;
}

public static class Scenario
{
    public const string Expected = "done rejected | 5 rejected TaskCanceledException(canceled) | TimeoutException OperationCanceledException(canceled) FormatException | 1 -1 | done rejected done | done done | a23456 rejected | a234567 rejected";

    public static async Task<string> Run()
    {
        var remote = new Remote(new RemoteLimiter());
        using var canceled = new CancellationTokenSource();
        await canceled.CancelAsync();
        return string.Join(
            " | ",
            await Probe.Of(() => Probe.Done(remote.RunAsync("a")), () => Probe.Done(remote.RunAsync("a"))),
            await Probe.Of(() => Probe.Value(remote.EchoAsync("a", 5)), () => Probe.Value(remote.EchoAsync("a", 5)), () => Probe.Value(remote.EchoAsync("b", 5, canceled.Token))),
            await Probe.Of(() => Probe.Done(remote.StopAsync("a").AsTask()), () => Probe.Done(remote.StopAsync("cancel").AsTask()), () => Probe.Done(remote.StopAsync("").AsTask())),
            await Probe.Of(() => Probe.Value(remote.CountAsync("a").AsTask()), () => Probe.Value(remote.CountAsync("a").AsTask())),
            await Probe.Of(() => Probe.Done(remote.BothAsync("a")), () => Probe.Done(remote.BothAsync("a")), () => Probe.Done(remote.BothAsync("b"))),
            await Probe.Of(() => Probe.Done(remote.QuietAsync("a")), () => Probe.Done(remote.QuietAsync("a"))),
            await Probe.Of(() => Probe.Value(remote.SixAsync("a", 2, 3, 4, 5, 6)), () => Probe.Value(remote.SixAsync("a", 2, 3, 4, 5, 6))),
            await Probe.Of(() => Probe.Value(remote.SevenAsync("a", 2, 3, 4, 5, 6, 7)), () => Probe.Value(remote.SevenAsync("a", 2, 3, 4, 5, 6, 7))));
    }
}
