using Microsoft.CodeAnalysis;

namespace SmartRateLimit.Generators.Tests;

/// <summary>A method with an error is implemented all the same, so that the compiler gets as far as the analyzers.</summary>
public sealed class RefusedMethodTests
{
    [Theory]
    [InlineData("[RateLimited(\"100 per fortnight\", Key = \"*\")] public static partial int Call(int a = 1); private static int CallCore(int a) => a;")]
    [InlineData("[RateLimited(\"5/m\", Key = \"b\")] public static partial int Call(int a = 1); private static int CallCore(int a) => a;")]
    [InlineData("[RateLimited(\"5/m\", Key = \"*\")] public static partial int Call(int a = 1);")]
    public void A_refused_method_compiles_and_throws(string members)
    {
        using var assembly = Generated.From("public static partial class Service { " + members + " public static int Run() => Call(); }").Load();
        var refusal = Assert.Throws<InvalidOperationException>(() => assembly.Call("Service", "Run"));
        Assert.Contains("Service.Call(int)", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("SRL0", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("public static class Service { [RateLimited(\"5/m\")] public static int Call(int a) => a; }")]
    [InlineData("public static class Outer { static partial class Service { [RateLimited(\"5/m\", Key = \"*\")] public static partial int Call(int a); } }")]
    [InlineData("public static partial class Service { [RateLimited(\"5/m\", Key = \"*\")] static partial void Call(int a); }")]
    [InlineData("file static partial class Service { [RateLimited(\"5/m\", Key = \"*\")] public static partial int Call(int a); }")]
    [InlineData("public static class Outer { static partial class Service { [RateLimited(\"5/m\", Key = \"*\")] public static partial Task Call(ref int a); } }")]
    [InlineData("public static partial class Service { [RateLimited(\"5/m\", Key = \"*\")] static partial Task Call(ref int a); }")]
    public void What_cannot_have_an_implementing_part_gets_none(string text) => Assert.Empty(Generated.From(text).Sources);

    [Fact]
    public void An_unrelated_edit_does_not_refuse_again()
    {
        var second = Generated.From("public static partial class Service { [RateLimited(\"x\")] public static partial int Call(int a); }")
            .After(compilation => compilation.AddReferences());
        Assert.All(second.Reasons(RateLimitedGenerator.RefusalStep), reason => Assert.Contains(reason, new[] { IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged }));
        Assert.Single(second.Sources);
    }
}
