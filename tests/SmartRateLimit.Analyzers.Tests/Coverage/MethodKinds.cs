namespace SmartRateLimit.Analyzers.Tests.Coverage;

/// <summary>The kinds of methods that may be annotated. L is the annotation, R the return type, P the parameters, B a body.</summary>
internal static class MethodKinds
{
    private const string Limiter = "private readonly IRateLimiter _limiter = null!;";

    public static readonly Dictionary<string, string> All = new(StringComparer.Ordinal)
    {
        ["instance"] = $"public partial class C {{ {Limiter} L public partial R M(P); private R MCore(P) B }}",
        ["static"] = "public static partial class C { L public static partial R M(P); private static R MCore(P) B }",
        ["generic"] = "public static partial class C { L public static partial R M<T>(T x, P) where T : class; private static R MCore<T>(T x, P) where T : class B }",
        ["generic type"] = "public static partial class C<T> { L public static partial R M(T x, P); private static R MCore(T x, P) B }",
        ["nested"] = "public partial class C { public partial record D { L public static partial R M(P); private static R MCore(P) B } }",
        ["struct"] = "public partial struct C { L public partial R M(P); private R MCore(P) B }",
        ["extension"] = "public static partial class C { L public static partial R M(this int x, P); private static R MCore(int x, P) B }",
        ["virtual"] = "public partial class C { L public virtual partial R M(P); protected virtual R MCore(P) B }",
        ["override"] = "public abstract class A { public abstract R M(P); } public partial class C : A { L public override partial R M(P); private R MCore(P) B }",
        ["by reference"] = "public static partial class C { L public static partial R M(ref int x, P); private static R MCore(ref int x, P) B }",
        ["span"] = "public static partial class C { L public static partial R M(Span<byte> x, P); private static R MCore(Span<byte> x, P) B }",
        ["no core"] = "public static partial class C { L public static partial R M(P); }",
        ["other core"] = "public static partial class C { L public static partial R M(P); private static R MCore(string other) B }",
        ["public core"] = "public static partial class C { L public static partial R M(P); public static R MCore(P) B }",
        ["type not partial"] = "public static class C { L public static partial R M(P); private static R MCore(P) B }",
        ["no accessibility"] = "public static partial class C { L static partial R M(P); private static R MCore(P) B }",
        ["implemented by hand"] = "public static partial class C { L public static partial R M(P); public static partial R M(P) B }",
        ["plain"] = "public static class C { L public static R M(P) B }",
        ["abstract"] = "public abstract class C { L public abstract R M(P); }",
        ["interface member"] = "public interface I { L R M(P); }",
        ["default interface member"] = "public interface I { L R M(P) B }",
        ["explicit interface"] = "public interface I { R M(P); } public class C : I { L R I.M(P) B }",
        ["local function"] = "public static class C { public static void Run() { L static R M(P) B } }",
        ["lambda"] = "public static class C { public delegate R D(P); public static readonly D F = L (P) => B; }",
        ["accessor"] = "public class C { public int this[P] { L get B } }",
        ["operator"] = "public class C { L public static C operator !(C x) B }",
        ["action"] = "public class HomeController : Microsoft.AspNetCore.Mvc.ControllerBase { L public R M(P) B }",
        ["partial action"] = $"public partial class HomeController : Microsoft.AspNetCore.Mvc.ControllerBase {{ {Limiter} L public partial R M(P); private R MCore(P) B }}",
        ["private method of a controller"] = "public class HomeController : Microsoft.AspNetCore.Mvc.ControllerBase { L private R M(P) B }",
        ["mapped lambda"] = "public static class C { public static void Map(WebApplication app) => app.MapGet(\"/\", L R (P) => B); }",
        ["mapped method group"] = "public static class C { public static void Map(WebApplication app) => app.MapGet(\"/\", M); L private static R M(P) B }",
        ["mapped local function"] = "public static class C { public static void Map(WebApplication app) { app.MapGet(\"/\", M); L static R M(P) B } }",
    };
}
