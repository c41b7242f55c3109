using Microsoft.CodeAnalysis.CSharp;

namespace SmartRateLimit.Generators.Tests;

public sealed class DefaultNameTests
{
    [Theory]
    [InlineData("class T", "void M(string a, System.Threading.CancellationToken b)", "Acme.T.M(string)")]
    [InlineData("class T", "void M(System.Threading.CancellationToken a, string b, System.Threading.CancellationToken c)", "Acme.T.M(string)")]
    [InlineData("class T", "void M(System.Collections.Generic.List<System.Threading.CancellationToken> a)", "Acme.T.M(System.Collections.Generic.List<System.Threading.CancellationToken>)")]
    [InlineData("class T<TKey>", "void M<TItem>(TKey a, TItem b)", "Acme.T<TKey>.M<TItem>(TKey, TItem)")]
    [InlineData("struct T", "void M(int? a, string? b, int[] c)", "Acme.T.M(int?, string, int[])")]
    [InlineData("class T", "void M(in int a, ref long b)", "Acme.T.M(in int, ref long)")]
    [InlineData("class T", "void M((int Left, int Right) a, Uri b)", "Acme.T.M(System.ValueTuple<int, int>, System.Uri)")]
    public void A_name_is_the_qualified_method_with_its_parameter_types(string type, string method, string expected)
    {
        var core = method.Replace("void M", "void MCore", StringComparison.Ordinal);
        var text = Generated.From($$"""
            namespace Acme;
            public partial {{type}}
            {
                [RateLimited("1/d", Key = "*")]
                public partial {{method}};
                private {{core}} { }
            }
            """).AssertClean().SingleText;
        Assert.Contains("Parse(" + SymbolDisplay.FormatLiteral(expected, quote: true) + ",", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_tells_overloads_apart_where_nothing_else_does()
    {
        var text = Generated.From("""
            public partial class T {
                [RateLimited("1/d", Key = "*")] public partial void M(string a);
                [RateLimited("1/d", Key = "*")] public partial void M(string a, CancellationToken b);
                [RateLimited("1/d", Key = "*")] public partial void M(int a, CancellationToken b);
                private void MCore(string a) { }
                private void MCore(string a, CancellationToken b) { }
                private void MCore(int a, CancellationToken b) { }
            }
            """).AssertClean().SingleText;
        Assert.Contains("Parse(\"T.M(string)\",", text, StringComparison.Ordinal);
        Assert.Contains("Parse(\"T.M(string, System.Threading.CancellationToken)\",", text, StringComparison.Ordinal);
        Assert.Contains("Parse(\"T.M(int)\",", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_nested_type_is_joined_by_a_dot()
    {
        var text = Generated.From("""
            public partial class Outer { public partial class Inner {
                [RateLimited("1/d", Key = "*")] public partial void M();
                private void MCore() { }
            } }
            """).SingleText;
        Assert.Contains("\"Outer.Inner.M()\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_unnamed_attributes_are_numbered()
    {
        var text = Generated.From("""
            public partial class T {
                [RateLimited("1/d", Key = "*"), RateLimited("2/d", Key = "*", Name = "own"), RateLimited("3/d", Key = "*")]
                public partial void M();
                private void MCore() { }
            }
            """).SingleText;
        Assert.Contains("Parse(\"T.M()\", \"1/d\")", text, StringComparison.Ordinal);
        Assert.Contains("Parse(\"own\", \"2/d\")", text, StringComparison.Ordinal);
        Assert.Contains("Parse(\"T.M()#2\", \"3/d\")", text, StringComparison.Ordinal);
    }
}
