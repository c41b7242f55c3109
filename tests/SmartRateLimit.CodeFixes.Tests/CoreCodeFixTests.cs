namespace SmartRateLimit.CodeFixes.Tests;

public sealed class CoreCodeFixTests
{
    private static readonly FixCheck Fix = new(new CoreCodeFixProvider());

    [Fact]
    public Task A_missing_body_is_generated() => Fix.Makes(
        Class("""
            /// <summary>Gets it.</summary>
            [RateLimited("1/s", Key = nameof(tenant))]
            public partial Task<T> GetAsync<T>(string tenant, T value, int count = 3, CancellationToken ct = default)
                where T : class; // keep

            public int Other => 0;
        """),
        Class("""
            /// <summary>Gets it.</summary>
            [RateLimited("1/s", Key = nameof(tenant))]
            public partial Task<T> GetAsync<T>(string tenant, T value, int count = 3, CancellationToken ct = default)
                where T : class; // keep

            private Task<T> GetAsyncCore<T>(string tenant, T value, int count, CancellationToken ct)
                where T : class => throw new NotImplementedException();

            public int Other => 0;
        """));

    [Fact]
    public Task A_body_with_other_parameters_is_left_alone_and_the_right_one_is_generated() => Fix.Makes(
        Class("""
            [RateLimited("1/s", Key = nameof(tenant))]
            public partial int Get(string tenant);

            private int GetCore(int tenant) => tenant;
        """),
        Class("""
            [RateLimited("1/s", Key = nameof(tenant))]
            public partial int Get(string tenant);

            private int GetCore(string tenant) => throw new NotImplementedException();

            private int GetCore(int tenant) => tenant;
        """));

    [Theory]
    [InlineData("public", "private")]
    [InlineData("internal", "private")]
    [InlineData("protected internal", "private")]
    public Task A_visible_body_is_hidden(string before, string after) => Fix.Makes(
        Class($$"""
            [RateLimited("1/s", Key = nameof(tenant))]
            public partial int Get(string tenant);

            {{before}} int GetCore(string tenant) => 0;
        """),
        Class($$"""
            [RateLimited("1/s", Key = nameof(tenant))]
            public partial int Get(string tenant);

            {{after}} int GetCore(string tenant) => 0;
        """));

    [Fact]
    public Task A_visible_body_of_a_virtual_method_stays_open_to_heirs() => Fix.Makes(
        Class("""
            [RateLimited("1/s", Key = nameof(tenant))]
            public virtual partial int Get(string tenant);

            public virtual int GetCore(string tenant) => 0;
        """),
        Class("""
            [RateLimited("1/s", Key = nameof(tenant))]
            public virtual partial int Get(string tenant);

            protected virtual int GetCore(string tenant) => 0;
        """));

    [Fact]
    public async Task Nothing_is_offered_where_only_the_return_type_differs() => Assert.Empty(await Fix.Titles(Class("""
            [RateLimited("1/s", Key = nameof(tenant))]
            public partial int Get(string tenant);

            private long GetCore(string tenant) => 0;
        """)));

    [Fact]
    public Task All_bodies_are_generated_at_once() => Fix.MakesAll(
        Class("""
            [RateLimited("1/s", Key = nameof(tenant))]
            public partial int Get(string tenant);
            [RateLimited("1/s", Key = nameof(tenant))]
            public virtual partial void Run(string tenant);
        """),
        Class("""
            [RateLimited("1/s", Key = nameof(tenant))]
            public partial int Get(string tenant);

            private int GetCore(string tenant) => throw new NotImplementedException();
            [RateLimited("1/s", Key = nameof(tenant))]
            public virtual partial void Run(string tenant);

            protected virtual void RunCore(string tenant) => throw new NotImplementedException();
        """));

    private static string Class(string members) => $$"""
        public partial class Quotes(IRateLimiter limiter)
        {
            private readonly IRateLimiter _limiter = limiter;

        {{members}}
        }
        """;
}
