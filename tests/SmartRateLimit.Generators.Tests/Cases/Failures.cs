/// <summary>Nothing that is awaited throws before it can be awaited, though this limiter answers at once.</summary>
public partial class Failing(IRateLimiter limiter)
{
    [RateLimited("1/d", Key = nameof(KeyOf))]
    public partial Task KeyAsync(string key);

    [RateLimited("9/d", Key = "*", Cost = nameof(CostOf))]
    public partial Task<int> CostAsync(string key);

    [RateLimited("9/d", Key = "*", SkipIf = nameof(IsFree))]
    public partial ValueTask SkipAsync(string key);

    [RateLimited("9/d", Key = "*")]
    public partial ValueTask<int> BodyAsync(string key, CancellationToken cancellationToken);

    [RateLimited("1/d", Key = "*", OnRejected = nameof(Refuse))]
    public partial Task RefusedAsync(string key);

    private Task KeyAsyncCore(string key) => Task.CompletedTask;

    private Task<int> CostAsyncCore(string key) => Task.FromResult(1);

    private ValueTask SkipAsyncCore(string key) => default;

    private ValueTask<int> BodyAsyncCore(string key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        throw new TimeoutException();
    }

    private Task RefusedAsyncCore(string key) => Task.CompletedTask;

    private string KeyOf(string key) => throw new FormatException();

    private int CostOf(string key) => key.Length - 1;

    private bool IsFree(string key) => throw new NotSupportedException();

    private Task Refuse() => throw new InvalidOperationException();
}

public static class Scenario
{
    public const string Expected = "FormatException ArgumentOutOfRangeException NotSupportedException TimeoutException TaskCanceledException(canceled) done InvalidOperationException";

    public static async Task<string> Run()
    {
        var failing = new Failing(Probe.Limiter());
        using var canceled = new CancellationTokenSource();
        await canceled.CancelAsync();
        return await Probe.Of(
            () => Probe.Done(failing.KeyAsync("")),
            () => Probe.Done(failing.CostAsync("")),
            () => Probe.Done(failing.SkipAsync("").AsTask()),
            () => Probe.Done(failing.BodyAsync("", default).AsTask()),
            () => Probe.Done(failing.BodyAsync("", canceled.Token).AsTask()),
            () => Probe.Done(failing.RefusedAsync("")),
            () => Probe.Done(failing.RefusedAsync("")));
    }
}
