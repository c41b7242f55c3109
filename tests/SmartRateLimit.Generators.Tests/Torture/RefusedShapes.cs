using static SmartRateLimit.Generators.Tests.Torture.Shape;

namespace SmartRateLimit.Generators.Tests.Torture;

internal static class RefusedShapes
{
    public static readonly Shape[] All =
    [
        Refused("abstract", "SRL013", "abstract methods", "public abstract partial class Service { LIMIT public abstract int M(); }"),
        Refused("extern", "SRL013", "extern", "public static class Service { LIMIT [System.Runtime.InteropServices.DllImport(\"x\")] public static extern int M(); }"),
        Refused("an explicit implementation", "SRL013", "explicit interface implementations", "public interface IService { int M(); } public class Service : IService { LIMIT int IService.M() => 1; }"),
        Refused("an operator", "SRL013", "operators", "public class Service { LIMIT public static Service operator +(Service a, Service b) => a; }"),
        Refused("a conversion", "SRL013", "operators", "public class Service { LIMIT public static implicit operator int(Service a) => 1; }"),
        Refused("an accessor", "SRL013", "accessors", "public class Service { public int P { LIMIT get => 1; } }"),
        Refused("an accessor of an indexer", "SRL013", "accessors", "public class Service { public int this[int a] { get => 1; LIMIT set { } } }"),
        Refused("an accessor of an interface", "SRL013", "accessors", "public interface IService { int P { LIMIT get; } }"),
        Refused("an event", "SRL013", "accessors", "public class Service { public event Action E { LIMIT add { } remove { } } }"),
        Refused("a finalizer", "SRL013", "finalizers", "public class Service { LIMIT ~Service() { } }"),
        Refused("a local function", "SRL013", "local functions", "public class Service { public void M() { L(); LIMIT static void L() { } } }"),
        Refused("a lambda", "SRL013", "lambdas", "public class Service { public Action M() => LIMIT () => { }; }"),
        Refused("a class that is no controller", "SRL013", "classes that are no controller", "LIMIT public class Service { public int M() => 1; }"),
        Refused("a file-local type", "SRL013", "file-local", "file partial class Service { LIMIT public partial int M(); private int MCore() => 1; }"),
        Refused("async void", "SRL013", "async void", "public partial class Service { LIMIT public async void M() { await Task.Yield(); } }"),
        Refused("an awaitable of one's own", "SRL013", "awaitables", "public partial class Service { LIMIT public partial System.Runtime.CompilerServices.YieldAwaitable M(); private System.Runtime.CompilerServices.YieldAwaitable MCore() => Task.Yield(); }"),
        Refused("a task that may be null", "SRL013", "may be null", "public partial class Service { LIMIT public partial Task? M(); private Task? MCore() => null; }"),
        Refused("an asynchronous enumerator", "SRL013", "awaitables", "public partial class Service { LIMIT public partial IAsyncEnumerator<int> M(); private IAsyncEnumerator<int> MCore() => null!; }"),
        Refused("a span in an awaitable method", "SRL013", "span or by-ref", "public partial class Service { LIMIT public partial Task M(Span<int> a); private Task MCore(Span<int> a) => Task.CompletedTask; }"),
        Refused("a reference in an awaitable method", "SRL013", "span or by-ref", "public partial class Service { LIMIT public partial Task M(in int a); private Task MCore(in int a) => Task.CompletedTask; }"),
        Refused("an awaitable method of a ref struct", "SRL013", "ref struct", "public ref partial struct Service { LIMIT public partial Task M(); private Task MCore() => Task.CompletedTask; }"),
        Refused("pointers", "SRL013", "pointers", "public partial class Service { LIMIT public unsafe partial int M(int* a); private unsafe int MCore(int* a) => 1; }"),
        Refused("function pointers", "SRL013", "pointers", "public partial class Service { LIMIT public unsafe partial int M(delegate*<int, void> a); private unsafe int MCore(delegate*<int, void> a) => 1; }"),
        Refused("arguments without types", "SRL013", "__arglist", "public class Service { LIMIT public int M(__arglist) => 1; }"),
        Refused("a static abstract member", "SRL013", "static", "public interface IService { LIMIT static abstract int M(); }"),
        Refused("a member beside a static abstract one", "SRL013", "static abstract", "public interface IService { LIMIT int M(); static abstract int N(); }"),
        Refused("a sealed member of an interface", "SRL013", "sealed", "public interface IService { LIMIT sealed int M() => 1; }"),
        Refused("a protected member of an interface", "SRL013", "protected", "public interface IService { LIMIT protected int M(); }"),
        Refused("a static partial member of an interface without an accessibility", "SRL010", "accessibility", "public partial interface IService { LIMIT static sealed partial int M(); private static int MCore() => 1; }"),
        Refused("a core with other tuple names", "SRL011", "same parameters", "public partial class Service { LIMIT public partial (int A, int B) M((int C, int D) a); private (int, int) MCore((int, int) a) => a; }"),
        Refused("a decorator whose name is taken", "SRL013", "is taken", "public interface IService { LIMIT int M(); } public class RateLimitedService;"),
        Refused("an interface without methods", "SRL013", "no method", "LIMIT public interface IService { int P { get; } }"),
        Refused("a method that is not partial", "SRL010", "partial", "public class Service { LIMIT public int M() => 1; }"),
        Refused("a method without an accessibility", "SRL010", "accessibility", "public partial class Service { LIMIT partial void M(); private void MCore() { } }"),
        Refused("a part written by hand", "SRL010", "implementing part", "public partial class Service { LIMIT public partial int M(); public partial int M() => 1; }"),
        Refused("no core", "SRL011", "Core", "public partial class Service { LIMIT public partial int M(); }"),
        Refused("a core with a parameter less", "SRL011", "same parameters", "public partial class Service { LIMIT public partial int M(int a); private int MCore() => 1; }"),
        Refused("a public core", "SRL011", "private", "public partial class Service { LIMIT public partial int M(); public int MCore() => 1; }"),
        Refused("a type that is not partial", "SRL012", "partial", "public class Outer { public partial class Service { LIMIT public partial int M(); private int MCore() => 1; } }"),
        Refused("two limiters", "SRL015", "limiter", "public partial class Service(IRateLimiter a, IRateLimiter b) { LIMIT public partial int M(); private int MCore() => 1; public object[] Both => [a, b]; }"),
        Refused("a key that is a tuple", "SRL006", "text", "public partial class Service { [RateLimited(\"1/d\", Key = \"a\")] public partial int M((int A, int B) a); private int MCore((int A, int B) a) => 1; }"),
        Refused("a key that is an object", "SRL006", "text", "public partial class Service { [RateLimited(\"1/d\", Key = \"a\")] public partial int M(object a); private int MCore(object a) => 1; }"),
        Refused("a key that is dynamic", "SRL006", "text", "public partial class Service { [RateLimited(\"1/d\", Key = \"a\")] public partial int M(dynamic a); private int MCore(dynamic a) => 1; }"),
    ];
}
