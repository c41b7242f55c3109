using SmartRateLimit.Compiling;

namespace SmartRateLimit.Generators.Tests;

public sealed class BindingTests
{
    [Theory]
    [InlineData("public partial T Call<T>(T a) where T : class;", "private T CallCore<T>(T a) where T : class, new() => a;", "SRL011")]
    [InlineData("public partial T Call<T>(T a) where T : struct;", "private T CallCore<T>(T a) where T : IFormattable => a;", "SRL011")]
    [InlineData("public partial T Call<T>(T a) where T : class, IComparable<T>;", "private T CallCore<T>(T a) where T : IComparable<T> => a;", "")]
    [InlineData("public partial T Call<T>(T a);", "private int CallCore<T>(T a) => 1;", "SRL011")]
    [InlineData("public partial Task<int>? Call();", "private Task<int>? CallCore() => null;", "SRL013")]
    [InlineData("public partial System.Runtime.CompilerServices.ConfiguredTaskAwaitable Call();", "private System.Runtime.CompilerServices.ConfiguredTaskAwaitable CallCore() => default;", "SRL013")]
    [InlineData("public partial IAsyncEnumerator<int> Call();", "private IAsyncEnumerator<int> CallCore() => null!;", "SRL013")]
    [InlineData("public partial void Call(out int a);", "private void CallCore(out int a) => a = 1;", "")]
    [InlineData("protected virtual partial void Call();", "private protected virtual void CallCore() { }", "")]
    [InlineData("public partial void Call();", "protected void CallCore() { }", "SRL011")]
    [InlineData("public partial void Call();", "internal void CallCore() { }", "SRL011")]
    public void A_method_and_its_core_fit_or_are_an_error(string method, string core, string expected) =>
        AssertProblems("[RateLimited(\"5/m\", Key = \"*\")] " + method + core, expected);

    [Theory]
    [InlineData("Key = \"{a.Length}\"", "")]
    [InlineData("Key = \"{a.Lenght}\"", "SRL002")]
    [InlineData("Key = \"b\"", "SRL006")]
    [InlineData("Key = \"b.Value.Year\"", "SRL006")]
    [InlineData("Key = \"Instance\"", "")]
    [InlineData("Key = \"Generic\"", "SRL006")]
    [InlineData("Key = \"Nothing\"", "SRL006")]
    [InlineData("Key = \"Overloaded\"", "")]
    [InlineData("Key = \"Foreign\"", "SRL006")]
    [InlineData("Key = \"WrongType\"", "SRL006")]
    [InlineData("Key = \"Member\", KeyType = typeof(Other)", "SRL006")]
    [InlineData("Key = \"Shared\", KeyType = typeof(Other)", "")]
    [InlineData("Key = \"Hidden\", KeyType = typeof(Other)", "SRL002")]
    [InlineData("Key = \"header:X-Api-Key\"", "SRL005")]
    [InlineData("Key = \"*\", Cost = \"a.Length\"", "")]
    [InlineData("Key = \"*\", Cost = \"a\"", "SRL006")]
    [InlineData("Key = \"*\", Cost = \"maybe.Length\"", "SRL006")]
    [InlineData("Key = \"*\", Cost = \"2.5\"", "SRL002")]
    [InlineData("Key = \"*\", Cost = \"-1\"", "SRL007")]
    [InlineData("Key = \"*\", Cost = \"6\"", "SRL007")]
    [InlineData("Key = \"*\", Cost = \"{a.Length}{a.Length}\"", "SRL002")]
    [InlineData("Key = \"*\", SkipIf = \"Instance\"", "SRL006")]
    [InlineData("Key = \"*\", SkipIf = \"IsFree\"", "")]
    [InlineData("Key = \"*\", OnRejected = \"Instance\"", "SRL006")]
    [InlineData("Key = \"*\", OnRejected = \"a\"", "SRL006")]
    [InlineData("Key = \"*\", OnRejected = \"Overloaded\"", "SRL006")]
    [InlineData("Key = \"*\", OnRejected = \"Nothing\"", "SRL006")]
    [InlineData("Key = \"*\", OnRejected = \"Fallback\"", "")]
    [InlineData("Key = \"*\", OnRejected = \"Unassigning\"", "SRL006")]
    [InlineData("Key = \"*\", Algorithm = RateLimitAlgorithm.LeakyBucket", "SRL007")]
    [InlineData("Key = \"*\", MaxWait = \"1s\"", "SRL007")]
    public void A_name_is_bound_or_is_an_error(string arguments, string expected) => AssertProblems($$"""
        [RateLimited("5/m", {{arguments}})]
        public partial int Call(string a, string? maybe, out DateTime? b);

        private int CallCore(string a, string? maybe, out DateTime? b) { b = null; return 1; }

        private string Instance => "";
        private static string Generic<T>() => "";
        private static void Nothing(out DateTime? b) => b = null;
        private static string Overloaded() => "";
        private static string Overloaded(string a) => a;
        private static string Foreign(string unknown) => unknown;
        private static string WrongType(int a) => "";
        private static bool IsFree(string? maybe, string a) => true;
        private int Fallback(RateLimitDecision why, string a, out DateTime? b) { b = null; return 2; }

        private int Unassigning(string a) => 2;

        public sealed class Other { public string Member => ""; public static string Shared(string a) => a; private static string Hidden => ""; }
        """, expected);

    private static void AssertProblems(string members, string expected)
    {
        var project = CSharpProject.Of("public partial class Service(IRateLimiter limiter) { " + members + " }");
        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries), Problems.Of(project));
        var run = Generated.From(project);
        if (expected.Length == 0)
        {
            Assert.Single(Generated.Limits(run.AssertClean()));
        }
        else
        {
            Assert.Empty(Generated.Limits(run));
        }
    }
}
