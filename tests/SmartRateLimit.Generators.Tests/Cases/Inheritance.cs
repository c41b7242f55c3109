public abstract class Base<T>(IRateLimiter limiter)
{
    protected IRateLimiter Limiter { get; } = limiter;

    public abstract Task<TResult?> LoadAsync<TResult>(T key, TResult? otherwise)
        where TResult : class;
}

public partial class Middle(IRateLimiter limiter) : Base<string>(limiter)
{
    [RateLimited("1/d", Key = nameof(key))]
    public override partial Task<TResult?> LoadAsync<TResult>(string key, TResult? otherwise)
        where TResult : class;

    [RateLimited("1/d", Key = "*")]
    protected internal virtual partial int Size();

    public int CallSize() => Size();

    private Task<TResult?> LoadAsyncCore<TResult>(string key, TResult? otherwise)
        where TResult : class => Task.FromResult(otherwise);

    protected virtual int SizeCore() => 1;
}

public sealed partial class Leaf(IRateLimiter limiter) : Middle(limiter)
{
    protected override int SizeCore() => 2;
}

public static class Scenario
{
    public const string Expected = "x rejected 2 rejected";

    public static async Task<string> Run()
    {
        var leaf = new Leaf(Probe.Limiter());
        return await Probe.Of(() => Probe.Value(leaf.LoadAsync("a", "x")), () => Probe.Value(leaf.LoadAsync("a", "x")))
            + " " + Probe.Of(() => leaf.CallSize(), () => leaf.CallSize());
    }
}
