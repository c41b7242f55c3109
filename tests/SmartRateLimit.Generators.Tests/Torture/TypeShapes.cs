using static SmartRateLimit.Generators.Tests.Torture.Shape;

namespace SmartRateLimit.Generators.Tests.Torture;

internal static class TypeShapes
{
    private const string Members = "LIMITER LIMIT public partial int M(); private int MCore() => 1;";

    public static readonly Shape[] All =
    [
        Limited("a class", $"public partial class Service {{ {Members} }}", "new Service().M();"),
        Limited("an abstract class", $"public abstract partial class Base {{ {Members} }} public class Service : Base;", "new Service().M();"),
        Limited("a struct", $"public partial struct Service {{ {Members} }}", "new Service().M();"),
        Limited("a read-only struct", $"public readonly partial struct Service {{ {Members} }}", "new Service().M();"),
        Limited("a read-only method of a struct", "public partial struct Service { LIMITER LIMIT public readonly partial int M(); private readonly int MCore() => 1; }", "new Service().M();"),
        Limited("a ref struct", "public ref partial struct Service { LIMITER LIMIT public partial int M(); private int MCore() => 1; }", "new Service().M();"),
        Limited("a record", $"public partial record Service(int A) {{ {Members} }}", "new Service(1).M();"),
        Limited("a record class that derives", $"public record Base(int A); public sealed partial record class Service(int A, string B) : Base(A) {{ {Members} }}", "new Service(1, \"\").M();"),
        Limited("a record struct", $"public partial record struct Service(int A) {{ {Members} }}", "new Service(1).M();"),
        Limited("a read-only record struct", $"public readonly partial record struct Service(int A) {{ {Members} }}", "new Service(1).M();"),
        Limited("required members", $"public partial class Service {{ public required string A {{ get; init; }} {Members} }}", "new Service { A = \"\" }.M();"),
        Limited("a primary constructor", "public partial class Service(IRateLimiter limiter) { LIMIT public partial int M(); private int MCore() => 1; } public static class Given { public static readonly IRateLimiter Limiter = Probe.Limiter(); }", "new Service(Given.Limiter).M();"),
        Limited("a primary constructor that hides a field", "#pragma warning disable CS9113, CS9179\npublic class Base { protected readonly int a = 1; } public partial class Service(int a) : Base { LIMITER LIMIT public partial int M(); private int MCore() => a + base.a; }", "new Service(1).M();"),
        Limited("a generic class", "public static class Given { public static readonly IRateLimiter Limiter = Probe.Limiter(); } public partial class Service<T, U>(IRateLimiter limiter) where T : class?, IEnumerable<U>, new() where U : struct { LIMIT public partial T? M(U a); private T? MCore(U a) => null; }", "new Service<List<int>, int>(Given.Limiter).M(1);"),
        Limited("a generic class with variant nulls", "public static class Given { public static readonly IRateLimiter Limiter = Probe.Limiter(); } public partial class Service<T>(IRateLimiter limiter) where T : notnull { LIMIT public partial T? M(T? a); private T? MCore(T? a) => a; }", "new Service<string>(Given.Limiter).M(null);"),
        Limited("a class nested in three generic ones", "public static class Given { public static readonly IRateLimiter Limiter = Probe.Limiter(); } public partial class A<T> where T : notnull { public partial struct B<U> { internal partial record C<V>(IRateLimiter Limiter) where V : T { LIMIT public partial int M<W>(T t, U u, V v, W w) where W : V; private int MCore<W>(T t, U u, V v, W w) where W : V => 1; } } }", "new A<object>.B<int>.C<string>(Given.Limiter).M(1, 2, \"\", \"\");"),
        Limited("a class nested in an interface", $"public partial interface IOuter {{ public partial class Service {{ {Members} }} }}", "new IOuter.Service().M();"),
        Limited("a private nested class", $"public static partial class Outer {{ private partial class Service {{ {Members} }} public static void Call() => new Service().M(); }}", "Outer.Call();"),
        Limited("a namespace", $"namespace Acme {{ public partial class Service {{ {Members} }} }}", "new Acme.Service().M();"),
        Limited("a file-scoped namespace", $"namespace Acme.Deep; public partial class Service {{ {Members} }}", "new Acme.Deep.Service().M();"),
        Limited("keywords as namespaces and types", $"namespace @namespace.@class {{ public partial class @event {{ {Members} }} }}", "new @namespace.@class.@event().M();"),
        Limited("namespaces that hide those of the framework", $"namespace Acme.System {{ public partial class Service {{ {Members} }} }} namespace Acme.SmartRateLimit {{ public class RateLimitPolicy; }}", "new Acme.System.Service().M();"),
        Limited("nested types that hide those of the framework", "public partial class Service { public class Exception; public class Task; public class SmartRateLimit; public class RateLimitPolicy; LIMITER LIMIT public partial ValueTask<int> M(); private ValueTask<int> MCore() => new(1); }", "await new Service().M();"),
        Limited("unicode types", $"namespace Ärger {{ public partial class Größe数 {{ {Members} }} }}", "new Ärger.Größe数().M();"),
        Limited("types that differ in case only", $"public partial class Service {{ {Members} }} public partial class SERVICE {{ {Members.Replace("LIMITER", "", StringComparison.Ordinal)} private static readonly IRateLimiter Limiter = Probe.Limiter(); }}", "new Service().M();"),
        Limited("types that differ in arity only", $"public partial class Service {{ {Members} }} public partial class Service<T> {{ LIMIT public partial int M(); private int MCore() => 1; private static readonly IRateLimiter Limiter = Probe.Limiter(); }}", "new Service().M();"),
        new("three files", ["public partial class Service { LIMITER }", "public partial class Service { LIMIT public partial int M(); }", "partial class Service { private int MCore() => 1; }"], "new Service().M();"),
        new("two types of one name in different namespaces", [$"namespace One {{ public partial class Service {{ {Members} }} }}", $"namespace Two {{ public partial class Service {{ {Members} }} }}"], "new One.Service().M();"),
        Limited("nullable oblivious", "#nullable disable\npublic partial class Service { LIMITER LIMIT public partial string M(string a, List<string> b); private string MCore(string a, List<string> b) => a; }\n#nullable restore", "new Service().M(\"a\", null!);"),
        Limited("nullable annotations only", "#nullable enable annotations\npublic partial class Service { LIMITER LIMIT public partial string? M(string? a); private string? MCore(string? a) => a; }\n#nullable restore", "new Service().M(null);"),
        Limited("a base with the limiter", "public class Base { protected static IRateLimiter Limiter { get; } = Probe.Limiter(); } public partial class Service : Base { LIMIT public partial int M(); private int MCore() => 1; }", "new Service().M();"),
        Limited("a limiter of its own class", "public partial class Service { private static readonly SmartRateLimiter Limiter = new(new MemoryBackend()); LIMIT public partial int M(); private int MCore() => 1; }", "new Service().M();"),
        Limited("a limiter that may be missing", "public partial class Service { private static readonly IRateLimiter? Limiter = Probe.Limiter(); LIMIT public partial int M(); private int MCore() => 1; }", "new Service().M();"),
        Limited("obsolete and excluded from coverage", "[Obsolete] public partial class Service { LIMITER LIMIT [Obsolete] [System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage] public partial int M(); private int MCore() => 1; } public static class Caller { [Obsolete] public static void Call() => new Service().M(); public static void Indirect() { var call = typeof(Caller).GetMethod(\"Call\")!; try { call.Invoke(null, null); } catch (System.Reflection.TargetInvocationException e) { throw e.InnerException!; } } }", "Caller.Indirect();"),
        Limited("an alias for the attribute", "using Limit = SmartRateLimit.RateLimitedAttribute; public partial class Service { LIMITER [Limit(\"2/d\", Key = \"*\")] public partial int M(); private int MCore() => 1; }", "new Service().M();"),
        Limited("the attribute's full name", "public partial class Service { LIMITER [global::SmartRateLimit.RateLimitedAttribute(rate: \"2/d\", Key = RateLimitKey.Global)] public partial int M(); private int MCore() => 1; }", "new Service().M();"),
        Limited("a target on the attribute", "public partial class Service { LIMITER [method: RateLimited(\"2/d\", Key = \"*\")] public partial int M(); private int MCore() => 1; }", "new Service().M();"),
        Limited("constants in the attribute", "public partial class Service { private const string Day = \"d\"; LIMITER [RateLimited($\"2/{Day}\", Key = \"\" + RateLimitKey.Global)] public partial int M(); private int MCore() => 1; }", "new Service().M();"),
        Limited("raw and verbatim strings", "public partial class Service { LIMITER [RateLimited(\"\"\"2/d\"\"\", Key = @\"*\")] public partial int M(); private int MCore() => 1; }", "new Service().M();"),
    ];
}
