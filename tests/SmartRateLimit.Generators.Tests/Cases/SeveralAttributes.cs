public partial class Search(IRateLimiter limiter)
{
    [RateLimited("3/d", Key = "*")]
    [RateLimited("2/d", Key = nameof(user))]
    public partial string Find(string user);

    [RateLimited("3/d", Key = "*", OnRejected = nameof(Crowded))]
    [RateLimited("2/d", Key = nameof(user), SkipIf = nameof(IsStaff), OnRejected = nameof(Greedy), Name = "per user")]
    public partial Task<string> FindAsync(string user, CancellationToken cancellationToken);

    [RateLimited("3/d", Key = "*")]
    [RateLimited("1/d", Key = nameof(user))]
    public partial IAsyncEnumerable<string> ListAsync(string user);

    private string FindCore(string user) => user;

    private Task<string> FindAsyncCore(string user, CancellationToken cancellationToken) => Task.FromResult(user);

    private async IAsyncEnumerable<string> ListAsyncCore(string user)
    {
        await Task.Yield();
        yield return user;
    }

    private bool IsStaff(string user) => user == "staff";

    private Task<string> Crowded(string user) => Task.FromResult("crowded");

    private Task<string> Greedy(string user, RateLimitDecision decision) => Task.FromResult("greedy");
}

public static class Scenario
{
    public const string Expected = "a a rejected b rejected | a a greedy staff crowded | a rejected b";

    public static async Task<string> Run()
    {
        var search = new Search(Probe.Limiter());
        return Probe.Of(() => search.Find("a"), () => search.Find("a"), () => search.Find("a"), () => search.Find("b"), () => search.Find("b"))
            + " | " + await Probe.Of(
                () => Probe.Value(search.FindAsync("a", default)),
                () => Probe.Value(search.FindAsync("a", default)),
                () => Probe.Value(search.FindAsync("a", default)),
                () => Probe.Value(search.FindAsync("staff", default)),
                () => Probe.Value(search.FindAsync("staff", default)))
            + " | " + await Probe.Of(
                () => Probe.All(search.ListAsync("a")),
                () => Probe.All(search.ListAsync("a")),
                () => Probe.All(search.ListAsync("b")));
    }
}
