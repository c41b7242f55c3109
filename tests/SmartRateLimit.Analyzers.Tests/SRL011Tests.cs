namespace SmartRateLimit.Analyzers.Tests;

public sealed class SRL011Tests
{
    private const string Declaration = """
            [RateLimited("100/m", Key = nameof(tenant))]
            public partial Task<int> {|SRL011:GetAsync|}(string tenant, int count);


        """;

    [Theory]
    [InlineData("")]
    [InlineData("private Task<int> GetAsyncCore(string tenant) => null!;")]
    [InlineData("private Task<int> GetAsyncCore(string tenant, long count) => null!;")]
    [InlineData("private Task<int> GetAsyncCore(string tenant, ref int count) => null!;")]
    [InlineData("private Task<long> GetAsyncCore(string tenant, int count) => null!;")]
    [InlineData("public Task<int> GetAsyncCore(string tenant, int count) => null!;")]
    [InlineData("internal Task<int> GetAsyncCore(string tenant, int count) => null!;")]
    [InlineData("protected Task<int> GetAsyncCore(string tenant, int count) => null!;")]
    public Task SRL011_reports_on_a_body_that_is_missing_different_or_visible(string core) =>
        Check.Reports(Sample.Class(Declaration + core));

    [Fact]
    public Task SRL011_reports_on_an_instance_body_of_a_static_method() => Check.Reports(Sample.Class("""
            [RateLimited("100/m", Key = nameof(tenant))]
            public static partial int {|SRL011:Get|}(string tenant, IRateLimiter limiter);

            private int GetCore(string tenant, IRateLimiter limiter) => 0;
        """));

    [Theory]
    [InlineData("private Task<int> GetAsyncCore(string tenant, int count) => null!;")]
    [InlineData("private static Task<int> GetAsyncCore(string other, int names) => null!;")]
    public Task SRL011_is_silent_on_a_private_body(string core) =>
        Check.IsSilent(Sample.Class(Declaration.Replace("{|SRL011:GetAsync|}", "GetAsync", StringComparison.Ordinal) + core));

    [Fact]
    public Task SRL011_is_silent_on_a_protected_body_of_a_virtual_method() => Check.IsSilent(Sample.Class("""
            [RateLimited("100/m", Key = nameof(tenant))]
            public virtual partial int Get(string tenant);

            protected virtual int GetCore(string tenant) => 0;
        """));
}
