namespace Acme.Quotes;

public sealed record Quote(string Symbol);

public sealed partial class QuoteService(IRateLimiter limiter)
{
    [RateLimited("2/d", Key = nameof(tenant))]
    public partial Task<Quote> GetAsync(string tenant, string symbol, CancellationToken ct = default);

    private Task<Quote> GetAsyncCore(string tenant, string symbol, CancellationToken ct) => Task.FromResult(new Quote(symbol));
}

public static class Scenario
{
    public const string Expected = "A B rejected D";

    public static async Task<string> Run()
    {
        var service = new QuoteService(Probe.Limiter());
        return await Probe.Of(
            async () => (await service.GetAsync("a", "A")).Symbol,
            async () => (await service.GetAsync("a", "B")).Symbol,
            async () => (await service.GetAsync("a", "C")).Symbol,
            async () => (await service.GetAsync("b", "D")).Symbol);
    }
}
