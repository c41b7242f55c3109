public partial class @class(IRateLimiter? @lock)
{
    private readonly string decision = "d";

    [RateLimited("1/d", Key = "{decision}:{key}:{event}")]
    public partial Task<string> @return(string key, string @event, int acquire, int exception, int requests, bool @await);

    [RateLimited("1/d", Key = nameof(key1))]
    [RateLimited("9/d", Key = nameof(key))]
    public partial void Two(string key, string key1, int count);

    private Task<string> returnCore(string key, string @event, int acquire, int exception, int requests, bool @await) => Task.FromResult(decision + key + @event);

    private void TwoCore(string key, string key1, int count)
    {
    }
}

public partial class Hidden
{
    private readonly IRateLimiter limiter = Probe.Limiter();

    public string TryLimits => "taken";

    [RateLimited("1/d", Key = nameof(KeyOf))]
    public partial int Try(string limiter, Func<int> TryCore, string KeyOf);

    private int TryCore(string limiter, Func<int> TryCore, string KeyOf) => TryCore();
}

public static class Scenario
{
    public const string Expected = "dkp 5 rejected";

    public static async Task<string> Run()
    {
        var hidden = new Hidden();
        return await Probe.Of(() => Probe.Value(new @class(Probe.Limiter()).@return("k", "p", 0, 0, 0, false)))
            + " " + Probe.Of(() => hidden.Try("a", () => 5, "k"), () => hidden.Try("b", () => 6, "k"));
    }
}
