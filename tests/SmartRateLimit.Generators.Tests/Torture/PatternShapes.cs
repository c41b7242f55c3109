using static SmartRateLimit.Generators.Tests.Torture.Shape;

namespace SmartRateLimit.Generators.Tests.Torture;

/// <summary>Methods that the language itself calls, and ways to call a method that are seldom used.</summary>
internal static class PatternShapes
{
    public static readonly Shape[] All =
    [
        Limited("static abstract implemented by a limited method", """public interface IStatic<T> where T : IStatic<T> { static abstract int M(int a); } public partial class Service : IStatic<Service> { LIMITER LIMIT public static partial int M(int a); private static int MCore(int a) => 1; } public static class Given { public static int Call<T>() where T : IStatic<T> => T.M(1); }""", """Given.Call<Service>();"""),
        Limited("an override of ToString", """public partial class Service { LIMITER LIMIT public override partial string ToString(); private string ToStringCore() => ""; }""", """new Service().ToString();"""),
        Limited("the Equals of a record", """public partial record Service(int A) { LIMITER LIMIT public virtual partial bool Equals(Service? other); protected virtual bool EqualsCore(Service? other) => true; public override int GetHashCode() => 1; }""", """_ = new Service(1) == new Service(1);"""),
        Limited("Deconstruct", """public partial class Service { LIMITER LIMIT public partial void Deconstruct(out int a, out string b); private void DeconstructCore(out int a, out string b) => (a, b) = (1, ""); }""", """var (a, b) = new Service();"""),
        Limited("GetEnumerator", """public partial class Service { LIMITER LIMIT public partial IEnumerator<int> GetEnumerator(); private IEnumerator<int> GetEnumeratorCore() { yield return 1; } }""", """foreach (var x in new Service()) { }"""),
        Limited("Dispose", """public partial class Service : IDisposable { LIMITER LIMIT public partial void Dispose(); private void DisposeCore() { } }""", """using (new Service()) { }"""),
        Limited("DisposeAsync", """public partial class Service : IAsyncDisposable { LIMITER LIMIT public partial ValueTask DisposeAsync(); private ValueTask DisposeAsyncCore() => default; }""", """await using (new Service()) { }"""),
        Limited("Slice", """public partial class Service { LIMITER public int Count => 1; public int this[int i] => 1; LIMIT public partial Service Slice(int start, int length); private Service SliceCore(int start, int length) => this; }""", """_ = new Service()[0..1];"""),
        Limited("a conditional method", """
            #define ON
            public static partial class Service { LIMITER [System.Diagnostics.Conditional("ON"), RateLimited("2/d", Key = "*")] public static partial void M(); private static void MCore() { } } public static class Given { public static void Call() => Service.M(); }
            """, """Given.Call();"""),
        Limited("a method that does not return", """public static partial class Service { LIMITER [System.Diagnostics.CodeAnalysis.DoesNotReturn] LIMIT public static partial void M(); [System.Diagnostics.CodeAnalysis.DoesNotReturn] private static void MCore() => throw new FormatException(); }""", """try { Service.M(); } catch (FormatException) { }"""),
        Limited("a generic extension", """public static partial class Extensions { LIMITER [RateLimited("2/d", Key = "{items.Count}")] public static partial T? M<T>(this IReadOnlyList<T> items, T value) where T : struct; private static T? MCore<T>(IReadOnlyList<T> items, T value) where T : struct => value; }""", """var l = new List<int> { 1 }; l.M(1);"""),
        Limited("an extension of a span", """public static partial class Extensions { LIMITER [RateLimited("2/d", Key = nameof(text))] public static partial int M(this scoped ReadOnlySpan<char> text); private static int MCore(scoped ReadOnlySpan<char> text) => 1; }""", """"
            "abc".AsSpan().M();
            """"),
        Limited("an expression tree", """public partial class Service { LIMITER LIMIT public partial int M(int a); private int MCore(int a) => 1; }""", """System.Linq.Expressions.Expression<Func<int>> e = () => new Service().M(1); e.Compile()();"""),
        Limited("a dynamic argument among overloads", """public partial class Service { LIMITER LIMIT public partial int M(object a); [RateLimited("9/d", Key = "*")] public partial int M(string a); LIMIT public partial int M(int a); private int MCore(object a) => 1; private int MCore(string a) => 2; private int MCore(int a) => 3; }""", """dynamic d = 1; new Service().M(d);"""),
        Limited("a params collection that is an interface", """public static partial class Service { LIMITER [RateLimited("2/d", Key = "{more.Count}")] public static partial int M(string a, params IReadOnlyCollection<string> more); private static int MCore(string a, IReadOnlyCollection<string> more) => 1; }""", """Service.M("a", "b");"""),
        Limited("directives and comments everywhere", """
            public partial class Service
            {
                LIMITER
            #region a
                [
            #if true
                  RateLimited /* c */ ( "2/d" , // comment
            #else
                  RateLimited("9/d",
            #endif
                  Key = /* k */ "*" ) ]
            #endregion
                public /* 1 */ partial // 2
                    int
                    M /* 3 */ (
            #if true
                    int a
            #else
                    long a
            #endif
                    ) ;
            #line 5 "other.razor"
                private int MCore(int a) => 1;
            #line hidden
            }
            """, """new Service().M(1);"""),
        Limited("a file that says it is generated", """
            // <auto-generated/>
            public partial class Service { LIMITER [RateLimited("2/d", Key = nameof(a))] public partial string M(string a); private string MCore(string a) => a; }
            """, """new Service().M("a");"""),
        Limited("a core that is async void", """public static partial class Service { LIMITER LIMIT public static partial void M(); private static async void MCore() => await Task.Yield(); }""", """Service.M();"""),
        Limited("a core with other type parameters", """public static partial class Service { LIMITER LIMIT public static partial int M<T>(T a) where T : class; private static int MCore<U>(U b) where U : class => 1; }""", """Service.M<string>("a");"""),
        Limited("generic overloads that differ by constraint", """public static partial class Service { LIMITER [RateLimited("9/d", Key = "*")] public static partial int M<T>(T? a) where T : class; LIMIT public static partial int M<T>(T? a) where T : struct; private static int MCore<T>(T? a) where T : class => 1; private static int MCore<T>(T? a) where T : struct => 2; }""", """Service.M<int>(1);"""),
        Limited("an asynchronous core of a struct", """public partial struct Service(int n) { LIMITER [RateLimited("2/d", Key = nameof(a), MaxWait = "1ms")] public readonly partial Task<int> M(string a); private readonly async Task<int> MCore(string a) { await Task.Yield(); return n; } }""", """await new Service(1).M("a");"""),
        Limited("a value task that waits", """public partial class Service { LIMITER [RateLimited("2/d", Key = "{a}:{b}", MaxWait = "5ms", Burst = 2, Cost = nameof(b))] public partial ValueTask<(int A, string? B)> M(string a, int b, CancellationToken ct); private async ValueTask<(int A, string? B)> MCore(string a, int b, CancellationToken ct) { await Task.Yield(); return (1, null); } }""", """await new Service().M("a", 1, default);"""),
        Limited("ten parameters of a task", """public static partial class Service { LIMITER [RateLimited("2/d", Key = "{a}", MaxWait = "1ms")] public static partial ValueTask<int> M(int a, int b, int c, int d, int e, int f, int g, int h, int i, CancellationToken t = default); private static ValueTask<int> MCore(int a, int b, int c, int d, int e, int f, int g, int h, int i, CancellationToken t) => new(1); }""", """await Service.M(0,1,2,3,4,5,6,7,8);"""),
        Limited("a fallback that is asynchronous and generic", """public static partial class Service { LIMITER [RateLimited("2/d", Key = "*", OnRejected = nameof(No))] public static partial Task<T?> M<T>(T a) where T : class; private static async Task<T?> No<T>(T a, RateLimitDecision d) where T : class { await Task.Yield(); return null; } private static async Task<T?> MCore<T>(T a) where T : class { await Task.Yield(); return a; } }""", """if (await Service.M("a") is null) throw new RateLimitExceededException(default);"""),
        Limited("a fallback that assigns out and ref", """public static partial class Service { LIMITER [RateLimited("2/d", Key = "*", OnRejected = nameof(No))] public static partial bool M(out int a, ref int b); private static bool No(out int a, ref int b) { a = 0; return false; } private static bool MCore(out int a, ref int b) { a = 1; return true; } }""", """var r = 1; Service.M(out var a, ref r); if (a == 0) throw new RateLimitExceededException(default);"""),
        Limited("a fallback of a sequence", """public static partial class Service { LIMITER [RateLimited("2/d", Key = "*", OnRejected = nameof(No))] public static partial IAsyncEnumerable<int> M(CancellationToken ct); private static async IAsyncEnumerable<int> No(RateLimitDecision why) { await Task.Yield(); yield return 0; } private static async IAsyncEnumerable<int> MCore([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct) { await Task.Yield(); yield return 1; } }""", """var n = 0; await foreach (var x in Service.M(default)) n += x; if (n == 0) throw new RateLimitExceededException(default);"""),
        Limited("two fallbacks", """public static partial class Service { LIMITER [RateLimited("2/d", Key = nameof(a), OnRejected = nameof(Two), Name = "n\"1")] [RateLimited("20/d", Key = "*", OnRejected = nameof(Three), Name = "n2")] public static partial int M(string a); private static int Two(string a) => 2; private static int Three() => 3; private static int MCore(string a) => 1; }""", """if (Service.M("a") == 2) throw new RateLimitExceededException(default);"""),
        Limited("three attributes that may be skipped", """public static partial class Service { LIMITER [RateLimited("2/d", Key = nameof(a), SkipIf = nameof(free)), RateLimited("20/d", Key = "*", SkipIf = nameof(Free)), RateLimited("30/d", Key = "{a}:{free}", SkipIf = nameof(free), Cost = "2")] public static partial Task M(string a, bool free); private static bool Free(string a) => a == "b"; private static Task MCore(string a, bool free) => Task.CompletedTask; }""", """await Service.M("a", false);"""),
    ];
}
