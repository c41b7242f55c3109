namespace SmartRateLimit.Generators.Tests;

public sealed class NestedTypeTests
{
    [Theory]
    [InlineData("public partial class Service(IRateLimiter limiter) { public static class ServiceLimits { public static readonly RateLimitPolicy Policy = RateLimitPolicy.Parse(\"other\", \"1/s\"); } MEMBERS }")]
    [InlineData("public class Base { protected static class ServiceLimits { } } public partial class Service(IRateLimiter limiter) : Base { MEMBERS }")]
    [InlineData("public partial class Outer { private static class ServiceLimits { } public partial class Service(IRateLimiter limiter) { MEMBERS } }")]
    public void A_nested_type_does_not_hide_the_limits_of_a_type(string types)
    {
        const string Members = "[RateLimited(\"2/m\", Key = \"*\")] public partial int Get(); private int GetCore() => 1;";

        var run = Generated.From("using SmartRateLimit;\n" + types.Replace("MEMBERS", Members, StringComparison.Ordinal));

        var text = run.SingleText;
        Assert.Contains(" _ServiceLimits.GetPolicy,", text, StringComparison.Ordinal);
        Assert.Contains("\"2/m\"", text, StringComparison.Ordinal);
    }
}
