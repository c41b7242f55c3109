namespace SmartRateLimit.Generators.Tests;

/// <summary>A key whose values all have one text would put every caller into one bucket.</summary>
public sealed class KeyFormatTests
{
    [Theory]
    [InlineData("string")]
    [InlineData("string?")]
    [InlineData("int")]
    [InlineData("decimal?")]
    [InlineData("bool")]
    [InlineData("char")]
    [InlineData("nint")]
    [InlineData("Guid")]
    [InlineData("DateTimeOffset")]
    [InlineData("DayOfWeek")]
    [InlineData("DayOfWeek?")]
    [InlineData("Uri")]
    [InlineData("Type")]
    [InlineData("System.Net.IPAddress?")]
    [InlineData("IFormattable")]
    [InlineData("ReadOnlySpan<char>")]
    [InlineData("Span<char>")]
    [InlineData("ReadOnlyMemory<char>")]
    [InlineData("OrderId")]
    [InlineData("Labelled")]
    [InlineData("T1")]
    [InlineData("T2")]
    [InlineData("T2?")]
    public void A_type_whose_values_have_texts_of_their_own_is_a_key(string type) =>
        Assert.Single(Generated.Limits(Generated.From(Text(type)).AssertClean()));

    [Theory]
    [InlineData("object")]
    [InlineData("dynamic")]
    [InlineData("int[]")]
    [InlineData("List<int>")]
    [InlineData("IEnumerable<int>")]
    [InlineData("(int, int)")]
    [InlineData("ReadOnlySpan<byte>")]
    [InlineData("Memory<byte>")]
    [InlineData("Task<int>")]
    [InlineData("Func<int>")]
    [InlineData("CancellationToken")]
    [InlineData("Pair")]
    [InlineData("Wrapped")]
    [InlineData("Plain")]
    [InlineData("T3")]
    public void A_type_whose_values_share_a_text_is_an_error(string type)
    {
        var project = SmartRateLimit.Compiling.CSharpProject.Of(Text(type));
        Assert.Empty(Generated.Limits(Generated.From(project)));
        Assert.Equal(["SRL006"], Problems.Of(project));
    }

    private static string Text(string type) => $$"""
        public readonly record struct OrderId(Guid Value);
        public sealed record Pair(string Left, string Right);
        public sealed record Wrapped(double Value);
        public sealed class Plain { }
        public sealed class Labelled { public override string ToString() => "label"; }

        public partial class Service<T1, T2, T3>(IRateLimiter limiter)
            where T1 : IFormattable
            where T2 : struct, Enum
        {
            [RateLimited("5/m", Key = nameof(value))]
            public partial void Call({{type}} value);

            private void CallCore({{type}} value) { }
        }
        """;
}
