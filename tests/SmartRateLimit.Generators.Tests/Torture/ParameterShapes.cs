using static SmartRateLimit.Generators.Tests.Torture.Shape;

namespace SmartRateLimit.Generators.Tests.Torture;

internal static class ParameterShapes
{
    private static readonly string Thirty = string.Join(", ", Enumerable.Range(0, 30).Select(number => $"int p{number}"));
    private static readonly string ThirtyValues = string.Join(", ", Enumerable.Range(0, 30));

    public static readonly Shape[] All =
    [
        Parameters("no parameter", "", "Service.M();"),
        Parameters("a nullable reference", "string? a", "Service.M(null);"),
        Parameters("defaults", "int a = 1, string b = \"x\\\"y\", char c = '\\'', bool d = true", "Service.M();"),
        Parameters("a decimal default", "decimal a = 1.5m", "Service.M();"),
        Parameters("an enum default", "DayOfWeek a = DayOfWeek.Friday", "Service.M();"),
        Parameters("a default that is null", "int? a = null, object? b = null, DateTime c = default", "Service.M();"),
        Parameters("a default that is no number", "double a = double.NaN, float b = float.NegativeInfinity, long c = long.MinValue", "Service.M();"),
        Parameters("params", "params int[] a", "Service.M(1, 2);"),
        Parameters("params of objects", "string a, params object?[]? b", "Service.M(\"a\", null, 1);"),
        Parameters("a params span", "params ReadOnlySpan<int> a", "Service.M(1, 2);"),
        Parameters("a writable params span", "params Span<int> a", "Service.M(1, 2);"),
        Parameters("a params collection", "params List<int> a", "Service.M(1, 2);"),
        Parameters("in", "in int a", "Service.M(1);"),
        Parameters("an explicit in", "in int a", "var x = 1; Service.M(in x);"),
        Parameters("ref", "ref int a", "var x = 1; Service.M(ref x);", "return a++;"),
        Parameters("out", "out string a", "Service.M(out _);", "a = \"\"; return 1;"),
        Parameters("several out", "out int a, out string? b", "Service.M(out var a, out var b);", "a = 1; b = null; return 1;"),
        Parameters("ref readonly", "ref readonly int a", "var x = 1; Service.M(in x);"),
        Parameters("scoped ref", "scoped ref int a", "var x = 1; Service.M(ref x);"),
        Parameters("scoped in", "scoped in int a", "var x = 1; Service.M(in x);"),
        Parameters("a scoped span", "scoped Span<int> a", "Service.M(stackalloc int[2]);"),
        Parameters("a span", "Span<byte> a", "Service.M(new byte[2]);"),
        Parameters("a read-only span of text", "ReadOnlySpan<char> a", "Service.M(\"abc\");"),
        Parameters("a ref struct of one's own", "Own a", "Service.M(default);", around: "public ref struct Own { public Span<int> Items; }"),
        Parameters("a ref to a ref struct", "ref Span<int> a", "Span<int> x = [1]; Service.M(ref x);"),
        Parameters("a tuple with names", "(int Left, string? Right) a", "Service.M((1, null));", "return a.Left;"),
        Parameters("a nested tuple", "((int A, int B) Pair, (long C, string D)? Maybe) a", "Service.M(((1, 2), null));"),
        Parameters("a long tuple", "(int A, int B, int C, int D, int E, int F, int G, int H, int I) a", "Service.M((1, 2, 3, 4, 5, 6, 7, 8, 9));", "return a.I;"),
        Parameters("dynamic", "dynamic a", "Service.M(1);"),
        Parameters("dynamic that is null", "dynamic? a", "Service.M(null);"),
        Parameters("dynamic inside", "List<dynamic> a, Dictionary<string, dynamic?> b", "Service.M([1], []);"),
        Parameters("native integers", "nint a, nuint b", "Service.M(1, 2);"),
        Parameters("keywords as names", "int @class, string @event, int @int, int @params", "Service.M(1, \"\", 1, 2);", "return @class;"),
        Parameters("contextual keywords as names", "int await, int var, int record, int field, int value, int @file, int required, int scoped, int where, int nameof", "Service.M(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);", "return await + scoped;"),
        Parameters("the names that generated code likes", "int key, int decision, int request, int requests, int acquire, int exception, int item, int count, int cancellationToken", "Service.M(1, 2, 3, 4, 5, 6, 7, 8, 9);"),
        Parameters("the same with underscores", "int _key, int key, int __key, int key1, int _decision, int decision", "Service.M(1, 2, 3, 4, 5, 6);"),
        Parameters("the names of generated types", "int ServiceLimits, int Service, int SmartRateLimit, int System, int global", "Service.M(1, 2, 3, 4, 5);"),
        Parameters("unicode names", "int größe, int 数, string naïve, int \\u0061b", "Service.M(1, 2, \"\", 3);", "return größe + 数 + ab;"),
        Parameters("discards", "int _, int __", "Service.M(1, 2);"),
        Parameters("thirty parameters", Thirty, $"Service.M({ThirtyValues});"),
        Parameters("arrays of arrays", "int[][,] a, string?[]?[] b", "Service.M([], []);"),
        Parameters("delegates", "Func<int, Action<string?>?> a, Predicate<object> b", "Service.M(_ => null, _ => true);"),
        Parameters("expressions", "System.Linq.Expressions.Expression<Func<int, bool>> a", "Service.M(x => x > 1);"),
        Parameters("an interpolated string handler", "ref System.Runtime.CompilerServices.DefaultInterpolatedStringHandler a", "Service.M($\"a{1}\");"),
        Parameters("what the compiler knows of the caller", "[System.Runtime.CompilerServices.CallerMemberName] string a = \"\", [System.Runtime.CompilerServices.CallerLineNumber] int b = 0", "Service.M();", core: "string a, int b"),
        Parameters("nullable contracts", "[System.Diagnostics.CodeAnalysis.NotNull] string? a, [System.Diagnostics.CodeAnalysis.AllowNull] string b", "Service.M(\"a\", null);", "ArgumentNullException.ThrowIfNull(a); return 1;", core: "[System.Diagnostics.CodeAnalysis.NotNull] string? a, [System.Diagnostics.CodeAnalysis.AllowNull] string b"),
        Parameters("nested generics", "Dictionary<string, List<(int A, Dictionary<int, string?>? B)?>> a", "Service.M([]);"),
        Parameters("two types of one name", "One.Same a, Two.Same b", "Service.M(new(), new());", around: "namespace One { public class Same; } namespace Two { public class Same; }"),
        Parameters("types that hide those of the framework", "Acme.Task a, Acme.Exception b", "Acme.Service.M(new(), new());", around: "namespace Acme; public class Task; public class Exception; public class ValueTask;"),
        Parameters("a nested type of a generic type", "Outer<int>.Inner<string> a", "Service.M(new());", around: "public class Outer<T> { public class Inner<U>; }"),
        Parameters("two tokens", "CancellationToken a, CancellationToken b = default", "Service.M(default);"),
        Parameters("a limiter that may be null", "IRateLimiter? limiter = null", "Service.M(Given.Limiter);", around: "public static class Given { public static readonly IRateLimiter Limiter = Probe.Limiter(); }"),
        Parameters("this by value", "this string a", "\"a\".M();", core: "string a"),
        Parameters("this in", "this in DateTime a", "var x = DateTime.Now; x.M();", core: "in DateTime a"),
        Parameters("this ref", "this ref int a", "var x = 1; x.M();", core: "ref int a"),
        Parameters("an optional parameter by attribute", "[System.Runtime.InteropServices.Optional] int a, [System.Runtime.InteropServices.Optional, System.Runtime.InteropServices.DefaultParameterValue(3)] int b", "Service.M();", core: "int a, int b"),
    ];
}
