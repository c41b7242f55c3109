namespace SmartRateLimit.Generators.Tests;

/// <summary>What the methods of a type share: a file for each file of theirs, and a class that keeps their policies.</summary>
public sealed class LimitedTypeTests
{
    [Fact]
    public void Overloads_share_a_file_and_have_policies_of_their_own()
    {
        var text = Generated.From("""
            public partial class T {
                [RateLimited("1/d", Key = "*")] public partial void M(int a);
                [RateLimited("2/d", Key = "*")] public partial void M(ref int a);
                [RateLimited("3/d", Key = "*")] public partial void m(int a);
                [RateLimited("4/d", Key = "*")] public partial void M2(int a);
                private void MCore(int a) { }
                private void MCore(ref int a) { }
                private void mCore(int a) { }
                private void M2Core(int a) { }
            }
            """).AssertClean().SingleText;

        Assert.Equal(["MPolicy", "M2Policy", "mPolicy", "M22Policy"], Fields(text));
    }

    [Fact]
    public void Several_attributes_are_numbered() => Assert.Equal(
        ["MPolicy1", "MPolicy2"],
        Fields(Generated.From("""
            public partial class T {
                [RateLimited("1/d", Key = "*"), RateLimited("2/d", Key = "*")] public partial void M();
                private void MCore() { }
            }
            """).AssertClean().SingleText));

    [Theory]
    [InlineData("ToString")]
    [InlineData("MemberwiseClone")]
    [InlineData("TLimits")]
    [InlineData("Policy")]
    public void The_name_of_a_method_hides_nothing_of_the_class_that_keeps_the_policies(string name) => Generated.From($$"""
        public partial class T {
            [RateLimited("1/d", Key = "*")] public partial int {{name}}(int a);
            private int {{name}}Core(int a) => a;
        }
        """).AssertClean();

    [Fact]
    public void A_type_in_two_files_has_a_generated_file_for_each() => Assert.Equal(2, Generated.From(
        """
        public partial class T {
            [RateLimited("1/d", Key = "*")] public partial void M();
            private void MCore() { }
        }
        """,
        """
        public partial class T {
            [RateLimited("1/d", Key = "*")] public partial void N();
            private void NCore() { }
        }
        """).AssertClean().Sources.Length);

    [Fact]
    public void Types_have_files_whose_names_differ_in_more_than_case()
    {
        var run = Generated.From("""
            public partial class TT {
                [RateLimited("1/d", Key = "*")] public partial void M();
                private void MCore() { }
                public partial class T2<A> {
                    [RateLimited("1/d", Key = "*")] public partial void M();
                    private void MCore() { }
                }
                public partial class T2<A, B> {
                    [RateLimited("1/d", Key = "*")] public partial void M();
                    private void MCore() { }
                }
            }
            public partial class Tt {
                [RateLimited("1/d", Key = "*")] public partial void M();
                private void MCore() { }
            }
            """).AssertClean();

        Assert.Equal(4, run.Sources.Select(source => source.HintName).Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    private static IEnumerable<string> Fields(string text) => text.Split('\n')
        .Where(line => line.Contains("static readonly", StringComparison.Ordinal))
        .Select(line => line.TrimEnd(' ', '=').Split(' ')[^1]);
}
