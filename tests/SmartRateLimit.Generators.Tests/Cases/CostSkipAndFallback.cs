public sealed record Batch(List<string> Items, ulong Weight);

public partial class Uploads(IRateLimiter limiter)
{
    private bool _isFree;

    [RateLimited("10/d", Key = nameof(tenant), Cost = "{batch.Items.Count}", SkipIf = nameof(IsTrusted), OnRejected = nameof(Refuse))]
    public partial Task<string> PutAsync(string tenant, Batch batch);

    [RateLimited("10/d", Key = nameof(tenant), Cost = "{batch.Weight}")]
    public partial Task<string> WeighAsync(string tenant, Batch batch);

    [RateLimited("10/d", Key = nameof(tenant), Cost = nameof(Price), SkipIf = nameof(_isFree), OnRejected = nameof(RefuseAtOnce))]
    public partial void Put(string tenant, int size);

    public void MakeFree() => _isFree = true;

    private static bool IsTrusted(string tenant) => tenant == "trusted";

    private static int Price(int size) => checked(size * 5);

    private Task<string> PutAsyncCore(string tenant, Batch batch) => Task.FromResult("put");

    private Task<string> WeighAsyncCore(string tenant, Batch batch) => Task.FromResult("weighed");

    private void PutCore(string tenant, int size)
    {
    }

    private Task<string> Refuse(string tenant, RateLimitDecision decision) => Task.FromResult(tenant + ":" + decision.Remaining);

    private void RefuseAtOnce() => throw new TimeoutException();
}

public static class Scenario
{
    public const string Expected = "put put t:2 put OverflowException | done TimeoutException ArgumentOutOfRangeException OverflowException done";

    public static async Task<string> Run()
    {
        var uploads = new Uploads(Probe.Limiter());
        var batch = new Batch(["1", "2", "3", "4"], ulong.MaxValue);
        var async = await Probe.Of(
            () => Probe.Value(uploads.PutAsync("t", batch)),
            () => Probe.Value(uploads.PutAsync("t", batch)),
            () => Probe.Value(uploads.PutAsync("t", batch)),
            () => Probe.Value(uploads.PutAsync("trusted", batch)),
            () => Probe.Value(uploads.WeighAsync("t", batch)));
        var sync = string.Join(" ", Probe.Of(1, () => uploads.Put("t", 2)), Probe.Of(1, () => uploads.Put("t", 1)), Probe.Of(1, () => uploads.Put("t", -1)), Probe.Of(1, () => uploads.Put("t", int.MaxValue)));
        uploads.MakeFree();
        return async + " | " + sync + " " + Probe.Of(1, () => uploads.Put("t", 1));
    }
}
