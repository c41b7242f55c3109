public abstract class Counting
{
    private protected static string Used { get; set; } = "";

    protected sealed class Named(string name) : IRateLimiter
    {
        RateLimitDecision IRateLimiter.Acquire(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost)
        {
            Used += name + " ";
            return Probe.Limiter().Acquire(policy, key, cost);
        }

        ValueTask<RateLimitDecision> IRateLimiter.AcquireAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost, CancellationToken cancellationToken) => throw new NotSupportedException();

        ValueTask<RateLimitDecision> IRateLimiter.AcquireAllAsync(ReadOnlySpan<RateLimitRequest> requests, Memory<RateLimitDecision> decisions, CancellationToken cancellationToken) => throw new NotSupportedException();

        ValueTask<RateLimitDecision> IRateLimiter.PeekAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, CancellationToken cancellationToken) => throw new NotSupportedException();

        ValueTask IRateLimiter.ResetAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, CancellationToken cancellationToken) => throw new NotSupportedException();
    }

    protected IRateLimiter FromBase { get; } = new Named("base");
}

public sealed partial class FromField(IRateLimiter limiter) : Counting
{
    private readonly Named _own = new("field");

    public string? Name => limiter.ToString();

    [RateLimited("1/d", Key = "*")]
    public partial void Own();

    [RateLimited("1/d", Key = "*")]
    public partial void Given(IRateLimiter? limiter);

    private void OwnCore()
    {
    }

    private void GivenCore(IRateLimiter? limiter)
    {
    }

    public static string Run()
    {
        var own = new FromField(new Named("constructor"));
        own.Own();
        own.Given(new Named("parameter"));
        own.Given(null);
        FromBaseClass.Run();
        FromConstructor.Run(new Named("constructor"));
        FromStatic.Run(new Named("static"));
        return Used;
    }
}

public sealed partial class FromBaseClass(IRateLimiter limiter) : Counting
{
    public string? Name => limiter.ToString();

    [RateLimited("1/d", Key = "*")]
    public partial void Inherited();

    private void InheritedCore()
    {
    }

    public static void Run() => new FromBaseClass(new Named("constructor")).Inherited();
}

public sealed partial class FromConstructor(IRateLimiter limiter)
{
    [RateLimited("1/d", Key = "*")]
    public partial void Constructed();

    private void ConstructedCore()
    {
    }

    public static void Run(IRateLimiter limiter) => new FromConstructor(limiter).Constructed();
}

public static partial class FromStatic
{
    private static IRateLimiter? Current { get; set; }

    [RateLimited("1/d", Key = "*")]
    public static partial void Static();

    private static void StaticCore()
    {
    }

    public static void Run(IRateLimiter limiter)
    {
        Current = limiter;
        Static();
    }
}

public static class Scenario
{
    public const string Expected = "field parameter base constructor static ";

    public static string Run() => FromField.Run();
}
