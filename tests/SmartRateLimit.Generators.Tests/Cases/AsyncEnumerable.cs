using System.Runtime.CompilerServices;

public partial class Feed(IRateLimiter limiter)
{
    public int KeysBuilt { get; private set; }

    public bool SawToken { get; private set; }

    [RateLimited("2/d", Key = nameof(KeyOf))]
    public partial IAsyncEnumerable<int> ReadAsync(string topic, CancellationToken cancellationToken = default);

    [RateLimited("1/d", Key = nameof(topic), OnRejected = nameof(Nothing))]
    public partial IAsyncEnumerable<string> ListAsync(string topic);

    private string KeyOf(string topic)
    {
        KeysBuilt++;
        return topic.Length == 0 ? throw new ArgumentException("empty") : topic;
    }

    private async IAsyncEnumerable<int> ReadAsyncCore(string topic, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        SawToken |= cancellationToken.CanBeCanceled;
        await Task.Yield();
        yield return 1;
        yield return 2;
    }

    private async IAsyncEnumerable<string> ListAsyncCore(string topic)
    {
        await Task.Yield();
        yield return topic;
    }

    private static async IAsyncEnumerable<string> Nothing(string topic)
    {
        await Task.Yield();
        yield return "none";
    }
}

public static class Scenario
{
    public const string Expected = "1 12 12 rejected 1 | ArgumentException | t none none | True";

    public static async Task<string> Run()
    {
        var feed = new Feed(Probe.Limiter());
        using var cancellation = new CancellationTokenSource();
        var sequence = feed.ReadAsync("t");
        var builtAtTheCall = feed.KeysBuilt;
        var read = await Probe.Of(() => Probe.All(sequence, cancellation.Token), () => Probe.All(sequence), () => Probe.All(sequence));
        var builtInTheEnd = feed.KeysBuilt;
        var failed = await Probe.Of(() => Probe.All(feed.ReadAsync("")));
        var list = feed.ListAsync("t");
        return $"{builtAtTheCall} {read} {builtInTheEnd} | {failed} | {await Probe.Of(() => Probe.All(list), () => Probe.All(list), () => Probe.All(feed.ListAsync("t")))} | {feed.SawToken}";
    }
}
