using static SmartRateLimit.Generators.Tests.Torture.Shape;

namespace SmartRateLimit.Generators.Tests.Torture;

internal static class MethodShapes
{
    public static readonly Shape[] All =
    [
        Method("private", "private partial int M(); private int MCore() => 1; public int Call() => M();", "new Service().Call();"),
        Method("protected internal", "protected internal partial int M(); private int MCore() => 1;", "new Service().M();"),
        Method("private protected", "private protected partial int M(); private int MCore() => 1; public int Call() => M();", "new Service().Call();"),
        Method("internal", "internal partial int M(); private int MCore() => 1;", "new Service().M();"),
        Method("virtual", "public virtual partial int M(); protected virtual int MCore() => 1;", "new Service().M();"),
        Method("a static core", "public partial int M(); private static int MCore() => 1;", "new Service().M();"),
        Method("unsafe", "public unsafe partial int M(); private unsafe int MCore() => 1;", "new Service().M();"),
        Method("modifiers in another order", "static public unsafe partial int M(); static private int MCore() => 1;", "Service.M();"),
        Method("a keyword as the name", "public partial int @class(); private int classCore() => 1;", "new Service().@class();"),
        Method("a unicode name", "public partial int Größe数(); private int Größe数Core() => 1;", "new Service().Größe数();"),
        Method("an underscore as the name", "public partial int _(); private int _Core() => 1;", "new Service()._();"),
        Method("the name Core", "public partial int Core(); private int CoreCore() => 1;", "new Service().Core();"),
        Method("a name that ends in Core", "public partial int MCore(); private int MCoreCore() => 1;", "new Service().MCore();"),
        Method("a name that generated code uses", "public partial Task<int> M__Pending(); private Task<int> M__PendingCore() => Task.FromResult(1);", "await new Service().M__Pending();"),
        Method("overloads", "public partial int M(int a); private int MCore(int a) => 1; public int M(string a) => 2; public int M<T>(T a) => 3;", "new Service().M(1);"),
        Method("overloads that differ by ref only", "public partial int M(int a); LIMIT public partial int M(ref int a); private int MCore(int a) => 1; private int MCore(ref int a) => 2;", "var x = 1; new Service().M(ref x);"),
        Method("overloads that differ by in only", "public partial int M(int a); LIMIT public partial int M(in int a); private int MCore(int a) => 1; private int MCore(in int a) => 2;", "var x = 1; new Service().M(in x);"),
        Method("overloads that differ by arity only", "public partial int M(); LIMIT public partial int M<T>(); private int MCore() => 1; private int MCore<T>() => 2;", "new Service().M<int>();"),
        Method("a constraint of every kind", "public partial int M<A, B, C, D, E, F>(A a) where A : class where B : struct where C : unmanaged where D : notnull, IComparable<D> where E : Exception, new() where F : struct, Enum; private int MCore<A, B, C, D, E, F>(A a) where A : class where B : struct where C : unmanaged where D : notnull, IComparable<D> where E : Exception, new() where F : struct, Enum => 1;", "new Service().M<string, int, int, string, Exception, DayOfWeek>(\"\");"),
        Method("a constraint on another type parameter", "public partial int M<T, U>(T a, U b) where T : U where U : IEnumerable<T>?; private int MCore<T, U>(T a, U b) where T : U where U : IEnumerable<T>? => 1;", "new Service().M<Self, IEnumerable<Self>>(new(), []);", "public class Self : List<Self>;"),
        Method("a type parameter that allows ref structs", "public partial int M<T>(T a) where T : allows ref struct; private int MCore<T>(T a) where T : allows ref struct => 1;", "new Service().M<Span<int>>(default);"),
        Method("a type parameter named like a local", "public partial int M<key, decision>(key a, decision b); private int MCore<key, decision>(key a, decision b) => 1;", "new Service().M(1, 2);", pragma: "#pragma warning disable CS8981\n"),
        Method("attributes on type parameters", "public partial int M<[System.Diagnostics.CodeAnalysis.DynamicallyAccessedMembers(System.Diagnostics.CodeAnalysis.DynamicallyAccessedMemberTypes.PublicMethods)] T>(); private int MCore<[System.Diagnostics.CodeAnalysis.DynamicallyAccessedMembers(System.Diagnostics.CodeAnalysis.DynamicallyAccessedMemberTypes.PublicMethods)] T>() => typeof(T).GetMethods().Length;", "new Service().M<string>();"),
        Limited("override", "public abstract class Base { public abstract int M(); } public partial class Service : Base { LIMITER LIMIT public override partial int M(); private int MCore() => 1; }", "Base x = new Service(); x.M();"),
        Limited("sealed override", "public class Base { public virtual int M() => 2; } public partial class Service : Base { LIMITER LIMIT public sealed override partial int M(); private int MCore() => 1; }", "((Base)new Service()).M();"),
        Limited("a generic override", "public abstract class Base { public abstract T? M<T>(T? a); public abstract T? N<T>(T? a) where T : class; } public partial class Service : Base { LIMITER LIMIT public override partial T? M<T>(T? a) where T : default; LIMIT public override partial T? N<T>(T? a) where T : class; private T? MCore<T>(T? a) => a; private T? NCore<T>(T? a) where T : class => a; }", "new Service().M<string>(null);"),
        Limited("an override with another return type", "public abstract class Base { public abstract object M(); } public partial class Service : Base { LIMITER LIMIT public override partial string M(); private string MCore() => \"\"; }", "((Base)new Service()).M();"),
        Limited("new", "public class Base { public int M() => 2; } public partial class Service : Base { LIMITER LIMIT public new partial int M(); private int MCore() => 1; }", "new Service().M();"),
        Limited("a method that implements an interface", "public interface IService { int M(int a); } public partial class Service : IService { LIMITER LIMIT public partial int M(int a); private int MCore(int a) => 1; }", "((IService)new Service()).M(1);"),
        Limited("a method that implements two interfaces", "public interface IOne { Task M(); } public interface ITwo { Task M(); } public partial class Service : IOne, ITwo { LIMITER LIMIT public partial Task M(); private Task MCore() => Task.CompletedTask; }", "await ((IOne)new Service()).M();"),
        Limited("an override that calls its base", "public partial class Service { LIMITER LIMIT public virtual partial int M(); protected virtual int MCore() => 1; } public class Heir : Service { public override int M() => base.M() + 1; }", "new Heir().M();"),
        Limited("an override of the core", "public partial class Service { LIMITER LIMIT public virtual partial Task<int> M(); protected virtual Task<int> MCore() => Task.FromResult(1); } public class Heir : Service { protected override async Task<int> MCore() => await base.MCore() + 1; }", "await new Heir().M();"),
        Limited("a delegate to an inherited method", "public partial class Service { LIMITER LIMIT public virtual partial int M(); protected virtual int MCore() => 1; } public class Heir : Service { public Func<int> Call => base.M; }", "new Heir().Call();"),
        Limited("a delegate to the method", "public partial class Service { LIMITER LIMIT public partial int M(); private int MCore() => 1; }", "Func<int> call = new Service().M; call();"),
        Limited("a call by reflection", "public partial class Service { LIMITER LIMIT public partial int M(); private int MCore() => 1; }", "typeof(Service).InvokeMember(\"M\", System.Reflection.BindingFlags.InvokeMethod | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.DoNotWrapExceptions, null, new Service(), null, System.Globalization.CultureInfo.InvariantCulture);"),
        Limited("a call by dynamic", "public partial class Service { LIMITER LIMIT public partial int M(); private int MCore() => 1; }", "dynamic x = new Service(); x.M();"),
        Limited("a call of itself", "public partial class Service { LIMITER LIMIT public partial int M(int a); private int MCore(int a) => a; public int Call() => M(1); }", "new Service().Call();"),
        Limited("two attributes", "public partial class Service { LIMITER LIMIT [RateLimited(\"100/d\", Key = \"*\")] public partial int M(); private int MCore() => 1; }", "new Service().M();"),
        Limited("two attributes of a task", "public partial class Service { LIMITER LIMIT [RateLimited(\"100/d\", Key = \"*\")] public partial Task<int> M(); private Task<int> MCore() => Task.FromResult(1); }", "await new Service().M();"),
        Limited("a core in a condition", "public partial class Service { LIMITER LIMIT public partial int M();\n#if true\n private int MCore() => 1;\n#else\n private int MCore() => 2;\n#endif\n}", "new Service().M();"),
        Limited("a core with other names", "public partial class Service { LIMITER LIMIT public partial int M(int a, int b); private int MCore(int x, int y) => x - y; }", "new Service().M(1, 2);"),
        Limited("a static partial member of an interface", "public partial interface IService { LIMITER LIMIT public static partial int M(); private static int MCore() => 1; }", "IService.M();"),
        Limited("a core whose nullability differs", "public partial class Service { LIMITER LIMIT public partial Task<string?> M(string a); private Task<string> MCore(string? a) => Task.FromResult(a ?? \"\"); }", "await new Service().M(\"a\");"),
        Limited("a core whose inner nullability differs", "public partial class Service { LIMITER LIMIT public partial List<string> M(List<string?> a); private List<string?> MCore(List<string> a) => []; }", "new Service().M([]);"),
    ];

    private static Shape Method(string name, string members, string call, string around = "", string pragma = "") => Limited(
        name, $"{pragma}{around} public partial class Service {{ LIMITER LIMIT {members} }}", call);
}
