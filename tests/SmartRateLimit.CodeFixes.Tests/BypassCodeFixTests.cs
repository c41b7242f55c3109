namespace SmartRateLimit.CodeFixes.Tests;

public sealed class BypassCodeFixTests
{
    private static readonly FixCheck CoreCall = new(new CoreCallCodeFixProvider());
    private static readonly FixCheck Override = new(new EscapingOverrideCodeFixProvider());

    [Fact]
    public Task A_call_of_a_body_becomes_a_call_of_the_method() => CoreCall.Makes(
        Limited("int Other(Quotes o) => /* one */ o.GetCore(\"a\") /* two */;"),
        Limited("int Other(Quotes o) => /* one */ o.Get(\"a\") /* two */;"));

    [Fact]
    public Task All_uses_of_a_body_become_uses_of_the_method() => CoreCall.MakesAll(
        Limited("int Other() => GetCore(\"a\") + this.GetCore(\"b\"); Func<string, int> Delegate() => GetCore;"),
        Limited("int Other() => Get(\"a\") + this.Get(\"b\"); Func<string, int> Delegate() => Get;"));

    [Theory]
    [InlineData("public override", "protected override")]
    [InlineData("public sealed override", "protected sealed override")]
    public Task An_override_of_a_limited_method_becomes_one_of_its_body(string before, string after) => Override.Makes(
        Virtual($"    /// <summary>Kept.</summary>\n    {before} int Get(string tenant) => 1; // kept"),
        Virtual($"    /// <summary>Kept.</summary>\n    {after} int GetCore(string tenant) => 1; // kept"));

    [Fact]
    public Task All_overrides_become_overrides_of_the_bodies() => Override.MakesAll(
        Virtual("    public override int Get(string tenant) => 1;\n    public override int Find(string tenant) { return 2; }"),
        Virtual("    protected override int GetCore(string tenant) => 1;\n    protected override int FindCore(string tenant) { return 2; }"));

    [Fact]
    public async Task Nothing_is_offered_where_the_body_is_private() => Assert.Empty(await Override.Titles(
        Virtual("    public override int Get(string tenant) => 1;").Replace("protected virtual int GetCore", "private int GetCore", StringComparison.Ordinal)));

    private static string Limited(string member) => $$"""
        public partial class Quotes(IRateLimiter limiter)
        {
            [RateLimited("1/s", Key = nameof(tenant))]
            public partial int Get(string tenant);

            private int GetCore(string tenant) => 0;

            {{member}}
        }
        """;

    private static string Virtual(string members) => $$"""
        public partial class Quotes(IRateLimiter limiter)
        {
            [RateLimited("1/s", Key = nameof(tenant))]
            public virtual partial int Get(string tenant);

            protected virtual int GetCore(string tenant) => 0;

            [RateLimited("1/s", Key = nameof(tenant))]
            public virtual partial int Find(string tenant);

            protected virtual int FindCore(string tenant) => 0;
        }

        public class Cached(IRateLimiter limiter) : Quotes(limiter)
        {
        {{members}}
        }
        """;
}
