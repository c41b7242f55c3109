namespace SmartRateLimit.CodeFixes.Tests;

public sealed class MakePartialCodeFixTests
{
    private static readonly FixCheck Fix = new(new MakePartialCodeFixProvider());

    [Fact]
    public async Task The_title_names_both_methods() => Assert.Equal(
        ["Make 'Get' partial and move its body to 'GetCore'"],
        await Fix.Titles(Class("[RateLimited(\"1/s\", Key = nameof(tenant))] public int Get(string tenant) => 0;")));

    [Fact]
    public Task An_expression_body_moves() => Fix.Makes(
        Class("""
            [RateLimited("1/s", Key = nameof(tenant))]
            public int Get(string tenant) => tenant.Length;
        """),
        Class("""
            [RateLimited("1/s", Key = nameof(tenant))]
            public partial int Get(string tenant);

            private int GetCore(string tenant) => tenant.Length;
        """));

    [Fact]
    public Task Async_comments_and_layout_move_with_the_body_while_docs_attributes_and_defaults_stay() => Fix.Makes(
        Class("""
            /// <summary>Gets it.</summary>
            /// <param name="tenant">Who asks.</param>
            [Obsolete("old"), RateLimited("1/s", Key = nameof(tenant))]
            // A remark.
            public async Task<int> GetAsync(
                string tenant,
                [System.ComponentModel.Description("how many")] int count = 3,
                CancellationToken ct = default) // about the body
            {
                // Waits.
                await Task.Delay(count, ct);
                return tenant.Length; /* done */
            }
        """),
        Class("""
            /// <summary>Gets it.</summary>
            /// <param name="tenant">Who asks.</param>
            [Obsolete("old"), RateLimited("1/s", Key = nameof(tenant))]
            // A remark.
            public partial Task<int> GetAsync(
                string tenant,
                [System.ComponentModel.Description("how many")] int count = 3,
                CancellationToken ct = default);

            private async Task<int> GetAsyncCore(
                string tenant,
                int count,
                CancellationToken ct) // about the body
            {
                // Waits.
                await Task.Delay(count, ct);
                return tenant.Length; /* done */
            }
        """));

    [Fact]
    public Task An_accessibility_is_added_where_none_is_written() => Fix.Makes(
        Class("""
            [RateLimited("1/s", Key = nameof(tenant))]
            static async Task RunAsync(string tenant, IRateLimiter limiter) => await Task.Yield();

            public static Task Start(IRateLimiter limiter) => RunAsync("", limiter);
        """),
        Class("""
            [RateLimited("1/s", Key = nameof(tenant))]
            private static partial Task RunAsync(string tenant, IRateLimiter limiter);

            private static async Task RunAsyncCore(string tenant, IRateLimiter limiter) => await Task.Yield();

            public static Task Start(IRateLimiter limiter) => RunAsync("", limiter);
        """));

    [Fact]
    public Task Every_type_around_the_method_becomes_partial() => Fix.Makes(
        """
        public static class Outer
        {
            public sealed record Middle(string Tenant)
            {
                internal readonly struct Inner
                {
                    [RateLimited("1/s", Key = nameof(tenant))]
                    public static int Get(string tenant, IRateLimiter limiter)
                    {
                        return 0;
                    }
                }
            }
        }
        """,
        """
        public static partial class Outer
        {
            public sealed partial record Middle(string Tenant)
            {
                internal readonly partial struct Inner
                {
                    [RateLimited("1/s", Key = nameof(tenant))]
                    public static partial int Get(string tenant, IRateLimiter limiter);

                    private static int GetCore(string tenant, IRateLimiter limiter)
                    {
                        return 0;
                    }
                }
            }
        }
        """);

    [Fact]
    public Task A_generic_method_repeats_its_constraints() => Fix.Makes(
        Class("""
            [RateLimited("1/s", Key = nameof(tenant))]
            public async ValueTask<T?> GetAsync<T>(string tenant, T value)
                where T : class, new()
            {
                await Task.Yield();
                return value;
            }
        """),
        Class("""
            [RateLimited("1/s", Key = nameof(tenant))]
            public partial ValueTask<T?> GetAsync<T>(string tenant, T value)
                where T : class, new();

            private async ValueTask<T?> GetAsyncCore<T>(string tenant, T value)
                where T : class, new()
            {
                await Task.Yield();
                return value;
            }
        """));

    [Fact]
    public Task A_virtual_method_gets_a_body_that_heirs_may_override() => Fix.Makes(
        Open("""
            [RateLimited("1/s", Key = nameof(tenant))]
            public virtual int Get(string tenant) => 0;
        """),
        Open("""
            [RateLimited("1/s", Key = nameof(tenant))]
            public virtual partial int Get(string tenant);

            protected virtual int GetCore(string tenant) => 0;
        """));

    [Fact]
    public Task An_override_keeps_its_body_to_itself_and_repeats_inherited_constraints() => Fix.Makes(
        """
        public abstract class Base
        {
            public abstract T? Get<T>(string tenant) where T : class, IDisposable;
        }

        public class Quotes(IRateLimiter limiter) : Base
        {
            private readonly IRateLimiter _limiter = limiter;

            [RateLimited("1/s", Key = nameof(tenant))]
            public sealed override T? Get<T>(string tenant) where T : class
            {
                default(T)?.Dispose();
                return null;
            }
        }
        """,
        """
        public abstract class Base
        {
            public abstract T? Get<T>(string tenant) where T : class, IDisposable;
        }

        public partial class Quotes(IRateLimiter limiter) : Base
        {
            private readonly IRateLimiter _limiter = limiter;

            [RateLimited("1/s", Key = nameof(tenant))]
            public sealed override partial T? Get<T>(string tenant) where T : class;

            private T? GetCore<T>(string tenant) where T : class, global::System.IDisposable
            {
                default(T)?.Dispose();
                return null;
            }
        }
        """);

    [Fact]
    public Task Extension_params_and_by_ref_parameters_keep_what_the_body_needs() => Fix.Makes(
        """
        public static class Quotes
        {
            [RateLimited("1/s", Key = nameof(tenant))]
            public static bool TryGet(this string tenant, IRateLimiter limiter, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? text, in int count, scoped ReadOnlySpan<char> span, params int[] more)
            {
                text = span.Length + more.Length > count ? tenant : null;
                return text is not null;
            }
        }
        """,
        """
        public static partial class Quotes
        {
            [RateLimited("1/s", Key = nameof(tenant))]
            public static partial bool TryGet(this string tenant, IRateLimiter limiter, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? text, in int count, scoped ReadOnlySpan<char> span, params int[] more);

            private static bool TryGetCore(string tenant, IRateLimiter limiter, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? text, in int count, scoped ReadOnlySpan<char> span, int[] more)
            {
                text = span.Length + more.Length > count ? tenant : null;
                return text is not null;
            }
        }
        """);

    [Fact]
    public Task The_token_of_an_async_iterator_is_marked_where_the_iterator_is() => Fix.Makes(
        Class("""
            [RateLimited("1/s", Key = nameof(tenant))]
            public async IAsyncEnumerable<int> ReadAsync(string tenant, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct = default)
            {
                await Task.Delay(1, ct);
                yield return tenant.Length;
            }
        """),
        Class("""
            [RateLimited("1/s", Key = nameof(tenant))]
            public partial IAsyncEnumerable<int> ReadAsync(string tenant, CancellationToken ct = default);

            private async IAsyncEnumerable<int> ReadAsyncCore(string tenant, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
            {
                await Task.Delay(1, ct);
                yield return tenant.Length;
            }
        """));

    [Fact]
    public Task A_partial_method_without_an_accessibility_modifier_gets_one() => Fix.Makes(
        Class("""
            [RateLimited("1/s", Key = nameof(tenant))]
            partial void Import(string tenant);

            private void ImportCore(string tenant) { }

            public void Run() => Import("");
        """),
        Class("""
            [RateLimited("1/s", Key = nameof(tenant))]
            private partial void Import(string tenant);

            private void ImportCore(string tenant) { }

            public void Run() => Import("");
        """));

    [Fact]
    public Task A_part_that_was_implemented_by_hand_becomes_the_body() => Fix.Makes(
        Class("""
            [RateLimited("1/s", Key = nameof(tenant))]
            internal partial Task<int> GetAsync(string tenant, int count = 3);

            /// <remarks>By hand.</remarks>
            internal async partial Task<int> GetAsync(string tenant, int count)
            {
                await Task.Yield();
                return count;
            }
        """),
        Class("""
            [RateLimited("1/s", Key = nameof(tenant))]
            internal partial Task<int> GetAsync(string tenant, int count = 3);

            /// <remarks>By hand.</remarks>
            private async Task<int> GetAsyncCore(string tenant, int count)
            {
                await Task.Yield();
                return count;
            }
        """));

    [Fact]
    public Task Attributes_about_the_body_are_repeated_on_it() => Fix.Makes(
        "using System.Diagnostics.CodeAnalysis;\n" + Class("""
            [RateLimited("1/s", Key = nameof(tenant)), SuppressMessage("Style", "X0001")]
            [return: NotNullIfNotNull(nameof(text))]
            public string? Get(string tenant, string? text) => text;
        """),
        "using System.Diagnostics.CodeAnalysis;\n" + Class("""
            [RateLimited("1/s", Key = nameof(tenant)), SuppressMessage("Style", "X0001")]
            [return: NotNullIfNotNull(nameof(text))]
            public partial string? Get(string tenant, string? text);

            [SuppressMessage("Style", "X0001")]
            [return: NotNullIfNotNull(nameof(text))]
            private string? GetCore(string tenant, string? text) => text;
        """));

    [Fact]
    public Task A_reference_is_returned_from_the_body() => Fix.Makes(
        Class("""
            private int _count;

            [RateLimited("1/s", Key = nameof(tenant))]
            public ref int Get(string tenant) => ref _count;
        """),
        Class("""
            private int _count;

            [RateLimited("1/s", Key = nameof(tenant))]
            public partial ref int Get(string tenant);

            private ref int GetCore(string tenant) => ref _count;
        """));

    [Fact]
    public Task Tabs_stay_tabs() => Fix.Makes(
        Class("\t[RateLimited(\"1/s\", Key = nameof(tenant))]\n\tpublic int Get(string tenant)\n\t{\n\t\treturn 0;\n\t}"),
        Class("\t[RateLimited(\"1/s\", Key = nameof(tenant))]\n\tpublic partial int Get(string tenant);\n\n\tprivate int GetCore(string tenant)\n\t{\n\t\treturn 0;\n\t}"));

    [Fact]
    public async Task Nothing_is_offered_where_the_body_would_collide_with_another_method() => Assert.Empty(await Fix.Titles(Class("""
            [RateLimited("1/s", Key = nameof(tenant))]
            public int Get(string tenant) => GetCore(tenant);

            private int GetCore(string tenant) => 0;
        """)));

    [Fact]
    public Task Windows_line_endings_stay() => Fix.Makes(
        Class("""
            [RateLimited("1/s", Key = nameof(tenant))]
            public int Get(string tenant) => 0;
        """).ReplaceLineEndings("\r\n"),
        Class("""
            [RateLimited("1/s", Key = nameof(tenant))]
            public partial int Get(string tenant);

            private int GetCore(string tenant) => 0;
        """).ReplaceLineEndings("\r\n"));

    [Fact]
    public Task All_methods_are_fixed_at_once() => Fix.MakesAll(
        """
        public class Quotes(IRateLimiter limiter)
        {
            private readonly IRateLimiter _limiter = limiter;

            [RateLimited("1/s", Key = nameof(tenant))]
            public int Get(string tenant) => 1;

            [RateLimited("2/s", Key = nameof(tenant))]
            public int Get(string tenant, int count) => count;

            public class Nested
            {
                [RateLimited("3/s", Key = nameof(tenant))]
                public static void Run(string tenant, IRateLimiter limiter) { }
            }
        }
        """,
        """
        public partial class Quotes(IRateLimiter limiter)
        {
            private readonly IRateLimiter _limiter = limiter;

            [RateLimited("1/s", Key = nameof(tenant))]
            public partial int Get(string tenant);

            private int GetCore(string tenant) => 1;

            [RateLimited("2/s", Key = nameof(tenant))]
            public partial int Get(string tenant, int count);

            private int GetCore(string tenant, int count) => count;

            public partial class Nested
            {
                [RateLimited("3/s", Key = nameof(tenant))]
                public static partial void Run(string tenant, IRateLimiter limiter);

                private static void RunCore(string tenant, IRateLimiter limiter) { }
            }
        }
        """);

    private static string Class(string members) => $$"""
        public sealed partial class Quotes(IRateLimiter limiter)
        {
            private readonly IRateLimiter _limiter = limiter;

        {{members}}
        }
        """;

    private static string Open(string members) => Class(members).Replace("sealed ", "", StringComparison.Ordinal);
}
