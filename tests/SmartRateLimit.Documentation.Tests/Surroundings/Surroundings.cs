// What a page takes for granted: an application that is being built, and a service of its own.
public abstract class Ambient
{
    protected readonly string[] args = [];
    protected readonly WebApplicationBuilder builder = null!;
    protected readonly WebApplication app = null!;
    protected readonly IServiceCollection services = null!;
    protected readonly IRateLimiter limiter = null!;
    protected readonly IQuoteSource source = null!;
    protected readonly CancellationToken cancellationToken;
    protected readonly string key = "";

    protected static IResult Search(string q) => Results.Ok(q);
}

public static class Application
{
    public static void Configure(WebApplicationBuilder builder)
    {
        builder.Services.AddSmartRateLimit();
        builder.Build().UseSmartRateLimit();
    }
}

public sealed record Quote(string Symbol = "", decimal Price = 0);

public interface IQuoteSource
{
    Task<Quote> FetchAsync(string symbol, CancellationToken cancellationToken = default);
}

public partial class QuoteService(IRateLimiter limiter, IQuoteSource source)
{
    [RateLimited("100/m", Key = nameof(tenant))]
    public partial Task<Quote> GetAsync(string tenant, string symbol, CancellationToken ct = default);

    private Task<Quote> GetAsyncCore(string tenant, string symbol, CancellationToken ct) => source.FetchAsync(symbol, ct);
}

public partial class Program;

// Packages that a partial feed lacks, as far as pages call them.
public static class OpenTelemetryHosting
{
    public static TelemetryBuilder AddOpenTelemetry(this IServiceCollection services) => new();
}

public static class MongoDBHosting
{
    public static SmartRateLimitOptions UseMongoDB(this SmartRateLimitOptions options, string connectionString, Action<MongoBackendOptions>? configure = null) => options;
}

public sealed class MongoBackendOptions : RemoteBackendOptions
{
    public string? Database { get; set; }

    public string Collection { get; set; } = "";

    public string KeyPrefix { get; set; } = "";
}

public sealed class TelemetryBuilder
{
    public TelemetryBuilder WithMetrics(Action<OpenTelemetry.Metrics.MeterProviderBuilder> configure) => this;
}

// The backend of somebody who writes one.
public sealed class MyClient;

public static class MyServer
{
    public static MyClient Start(TimeProvider time) => new();
}

public sealed class MyStore(MyClient client) : IRateLimitStore
{
    public MyClient Client => client;

    public bool Supports(RateLimitPolicy policy, out string? reason) => throw null!;

    public int Slot(RateLimitPolicy policy, ReadOnlySpan<char> key) => throw null!;

    public ValueTask AcquireAsync(ReadOnlyMemory<StoreRequest> requests, Memory<RateLimitDecision> decisions, CancellationToken cancellationToken) => throw null!;

    public void Acquire(ReadOnlySpan<StoreRequest> requests, Span<RateLimitDecision> decisions) => throw null!;

    public ValueTask AcquireAllAsync(ReadOnlyMemory<StoreRequest> requests, Memory<RateLimitDecision> decisions, CancellationToken cancellationToken) => throw null!;

    public void AcquireAll(ReadOnlySpan<StoreRequest> requests, Span<RateLimitDecision> decisions) => throw null!;

    public ValueTask RefundAsync(RateLimitPolicy policy, ReadOnlyMemory<char> key, long cost, CancellationToken cancellationToken) => throw null!;

    public void Refund(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost) => throw null!;

    public RateLimitDecision Peek(RateLimitPolicy policy, ReadOnlySpan<char> key) => throw null!;

    public ValueTask<RateLimitDecision> PeekAsync(RateLimitPolicy policy, ReadOnlyMemory<char> key, CancellationToken cancellationToken) => throw null!;

    public ValueTask ResetAsync(RateLimitPolicy policy, ReadOnlyMemory<char> key, CancellationToken cancellationToken) => throw null!;
}
