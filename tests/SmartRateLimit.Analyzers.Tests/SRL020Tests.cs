namespace SmartRateLimit.Analyzers.Tests;

public sealed class SRL020Tests
{
    private const string Limited = """
            [RateLimited("100/m", Key = nameof(tenant))]
            public partial int Get(string tenant);

            private int GetCore(string tenant) => 0;

        """;

    [Theory]
    [InlineData("int Other() => {|SRL020:GetCore|}(\"a\");")]
    [InlineData("int Other() => this.{|SRL020:GetCore|}(\"a\");")]
    [InlineData("int Other(Quotes? other) => other?.{|SRL020:GetCore|}(\"a\") ?? 0;")]
    [InlineData("Func<string, int> Other() => {|SRL020:GetCore|};")]
    [InlineData("Func<string, int> Other() => new Func<string, int>({|SRL020:GetCore|});")]
    [InlineData("object Other() => (Func<int>)(() => {|SRL020:GetCore|}(\"a\"));")]
    public Task SRL020_reports_on_a_use_of_the_body(string member) => Check.Reports(Sample.Class(Limited + member));

    [Theory]
    [InlineData("int Other() => Get(\"a\");")]
    [InlineData("Func<string, int> Other() => Get;")]
    [InlineData("string Other() => nameof(GetCore);")]
    [InlineData("int Other() => GetCore(1); int GetCore(int unlimited) => 0;")]
    public Task SRL020_is_silent_on_the_method_itself_and_on_what_only_looks_alike(string member) => Check.IsSilent(Sample.Class(Limited + member));

    [Fact]
    public Task SRL020_tells_the_body_that_an_override_calls_from_one_that_another_method_calls() => Check.Reports("""
        public partial class Quotes
        {
            [RateLimited("100/m", Key = nameof(tenant))]
            public virtual partial int Get(string tenant, IRateLimiter limiter);

            protected virtual int GetCore(string tenant, IRateLimiter limiter) => 0;
        }

        public class Cached : Quotes
        {
            protected override int GetCore(string tenant, IRateLimiter limiter) => base.GetCore(tenant, limiter);

            public int Other(IRateLimiter limiter) => {|SRL020:GetCore|}("a", limiter) + base.{|SRL020:GetCore|}("a", limiter);
        }
        """);
}
