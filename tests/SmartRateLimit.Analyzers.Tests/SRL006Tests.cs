namespace SmartRateLimit.Analyzers.Tests;

public sealed class SRL006Tests
{
    [Theory]
    [InlineData("Key = \"{|SRL006:Shard|}\"", "private static int Shard(string other) => 0;")]
    [InlineData("Key = \"{|SRL006:Shard|}\"", "private static void Shard(string tenant) { }")]
    [InlineData("Key = nameof(tenant), Cost = {|SRL006:\"tenant\"|}", "")]
    [InlineData("Key = nameof(tenant), SkipIf = {|SRL006:\"Skip\"|}", "private static string Skip(string tenant) => tenant;")]
    [InlineData("Key = nameof(tenant), OnRejected = {|SRL006:\"Fallback\"|}", "private static string Fallback(string tenant, int count) => tenant;")]
    [InlineData("Key = \"{|SRL006:Shard|}\"", "private static CancellationToken Shard(string tenant) => default;")]
    [InlineData("Key = \"{|SRL006:Token|}\"", "private static readonly CancellationToken Token = default;")]
    public Task SRL006_reports_on_what_does_not_fit(string arguments, string members) =>
        Check.Reports(Sample.Limited("\"100/m\", " + arguments, members));

    [Theory]
    [InlineData("\"{|SRL006:ct|}\"")]
    [InlineData("{|SRL006:nameof(ct)|}")]
    [InlineData("\"{tenant}:{{|SRL006:ct|}}\"")]
    public Task SRL006_reports_on_a_token_as_a_key(string key) => Check.Reports(Sample.Class($$"""
            [RateLimited("100/m", Key = {{key}})]
            public partial Task GetAsync(string tenant, CancellationToken ct);

            private Task GetAsyncCore(string tenant, CancellationToken ct) => Task.CompletedTask;
        """));

    [Theory]
    [InlineData("Key = nameof(Shard)", "private static int Shard(string tenant) => tenant.Length;")]
    [InlineData("Key = nameof(tenant), Cost = nameof(count)", "")]
    [InlineData("Key = nameof(tenant), Cost = nameof(Weigh)", "private static long Weigh(int count) => count;")]
    [InlineData("Key = nameof(tenant), SkipIf = nameof(Skip)", "private bool Skip => false;")]
    [InlineData("Key = nameof(tenant), OnRejected = nameof(Fallback)", "private static Task<int> Fallback(string tenant, int count, RateLimitDecision decision) => Task.FromResult(0);")]
    public Task SRL006_is_silent_on_what_fits(string arguments, string members) =>
        Check.IsSilent(Sample.Limited("\"100/m\", " + arguments, members));
}
