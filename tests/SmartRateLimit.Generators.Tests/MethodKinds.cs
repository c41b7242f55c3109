using System.Globalization;
using System.Text;

namespace SmartRateLimit.Generators.Tests;

/// <summary>
/// Every kind of thing that can be annotated. In a template <c>TYPE</c> is a fresh type name, <c>RETURN</c> a return type
/// and <c>LIMIT</c> the attribute.
/// </summary>
internal static class MethodKinds
{
    /// <summary>What becomes of the easy case of a kind: <c>Task&lt;int&gt;</c>, limited by a parameter.</summary>
    public static readonly (string Kind, string Expected, string Template)[] All =
    [
        ("instance", "generated", Partial("public partial class TYPE(IRateLimiter limiter)", "public partial", "private")),
        ("static", "generated", Partial("public static partial class TYPE", "public static partial", "private static")),
        ("static core", "generated", Partial("public partial class TYPE(IRateLimiter limiter)", "public partial", "private static")),
        ("struct", "generated", Partial("public partial struct TYPE(IRateLimiter limiter)", "public partial", "private")),
        ("record", "generated", Partial("public sealed partial record TYPE(IRateLimiter Limiter)", "internal partial", "private")),
        ("record struct", "generated", Partial("public readonly partial record struct TYPE(IRateLimiter Limiter)", "public partial", "private")),
        ("generic", "generated", Partial("public partial class TYPE<T>(IRateLimiter limiter) where T : notnull", "public partial", "private", "<TItem>")),
        ("virtual", "generated", Partial("public partial class TYPE(IRateLimiter limiter)", "protected virtual partial", "protected virtual")),
        ("override", "generated", "public abstract class BaseTYPE { public abstract RETURN M(int id, List<int> items); } "
            + Partial("public partial class TYPE(IRateLimiter limiter) : BaseTYPE", "public sealed override partial", "private")),
        ("nested", "generated", "public partial class OuterTYPE { " + Partial("internal partial class TYPE(IRateLimiter limiter)", "public partial", "private") + " }"),
        ("extension", "generated", "public static partial class TYPE { " + Members + " LIMIT public static partial RETURN M(this int id, List<int> items); private static RETURN MCore(int id, List<int> items) { throw null!; } }"),
        ("by reference", "SRL013", "public partial class TYPE { " + Members + " LIMIT public partial RETURN M(ref int id, List<int> items); private RETURN MCore(ref int id, List<int> items) { throw null!; } }"),
        ("ref struct", "SRL013", Partial("public ref partial struct TYPE", "public partial", "private")),
        ("several limiters", "SRL015", Partial("public partial class TYPE(IRateLimiter a, IRateLimiter b)", "public partial", "private")),
        ("no core", "SRL011", "public partial class TYPE { " + Members + " LIMIT public partial RETURN M(int id, List<int> items); }"),
        ("public core", "SRL011", Partial("public partial class TYPE", "public partial", "public")),
        ("other core", "SRL011", "public partial class TYPE { " + Members + " LIMIT public partial RETURN M(int id, List<int> items); private RETURN MCore(long id, List<int> items) { throw null!; } }"),
        ("no accessibility", "SRL010", Partial("public partial class TYPE", "partial", "private")),
        ("implemented", "SRL010", "public partial class TYPE { " + Members + " LIMIT public partial RETURN M(int id, List<int> items); public partial RETURN M(int id, List<int> items) { throw null!; } private RETURN MCore(int id, List<int> items) { throw null!; } }"),
        ("implementing part", "SRL010", "public partial class TYPE { " + Members + " public partial RETURN M(int id, List<int> items); LIMIT public partial RETURN M(int id, List<int> items) { throw null!; } private RETURN MCore(int id, List<int> items) { throw null!; } }"),
        ("plain", "SRL010", "public class TYPE { " + Members + " LIMIT public RETURN M(int id, List<int> items) { throw null!; } }"),
        ("outer not partial", "SRL012", "public class OuterTYPE { " + Partial("internal partial class TYPE(IRateLimiter limiter)", "public partial", "private") + " }"),
        ("file-local", "SRL013", Partial("file partial class TYPE", "public partial", "private")),
        ("nested in file-local", "SRL013", "file static partial class OuterTYPE { " + Partial("internal partial class TYPE(IRateLimiter limiter)", "public partial", "private") + " }"),
        ("abstract", "SRL013", "public abstract class TYPE { " + Members + " LIMIT public abstract RETURN M(int id, List<int> items); }"),
        ("explicit", "SRL013", "public interface ITYPE { RETURN M(int id, List<int> items); } public class TYPE : ITYPE { " + Members + " LIMIT RETURN ITYPE.M(int id, List<int> items) { throw null!; } }"),
        ("interface member", "generated", "public interface ITYPE { " + InterfaceMembers + " LIMIT RETURN M(int id, List<int> items); }"),
        ("default interface member", "generated", "public interface ITYPE { " + InterfaceMembers + " LIMIT RETURN M(int id, List<int> items) { throw null!; } }"),
        ("generic interface member", "generated", "public interface ITYPE<T> { " + InterfaceMembers + " LIMIT RETURN M<TItem>(int id, List<int> items); }"),
        ("nested interface member", "generated", "public partial class OuterTYPE { private interface ITYPE { " + InterfaceMembers + " LIMIT RETURN M(int id, List<int> items); } }"),
        ("interface nested in a type that is not partial", "SRL012", "public class OuterTYPE { internal interface ITYPE { " + InterfaceMembers + " LIMIT RETURN M(int id, List<int> items); } }"),
        ("file-local interface member", "SRL013", "file interface ITYPE { " + InterfaceMembers + " LIMIT RETURN M(int id, List<int> items); }"),
        ("sealed interface member", "SRL013", "public interface ITYPE { " + InterfaceMembers + " LIMIT sealed RETURN M(int id, List<int> items) { throw null!; } }"),
        ("protected interface member", "SRL013", "public interface ITYPE { " + InterfaceMembers + " LIMIT protected RETURN M(int id, List<int> items) { throw null!; } }"),
        ("static interface member", "SRL013", "public interface ITYPE { " + InterfaceMembers + " LIMIT static RETURN M(int id, List<int> items) { throw null!; } }"),
        ("static abstract interface member", "SRL013", "public interface ITYPE { " + InterfaceMembers + " LIMIT static abstract RETURN M(int id, List<int> items); }"),
        ("member beside a static abstract one", "SRL013", "public interface ITYPE { " + InterfaceMembers + " static abstract void Other(); LIMIT RETURN M(int id, List<int> items); }"),
        ("interface member by reference", "SRL013", "public interface ITYPE { " + InterfaceMembers + " LIMIT RETURN M(ref int id, List<int> items); }"),
        ("interface whose decorator's name is taken", "SRL013", "public class RateLimitedTYPE; public interface ITYPE { " + InterfaceMembers + " LIMIT RETURN M(int id, List<int> items); }"),
        ("partial interface member", "generated", Partial("public partial interface TYPE", "public partial", "private")),
        ("accessor", "SRL013", "public class TYPE { " + Members + " public RETURN this[int id, List<int> items] { LIMIT get { throw null!; } } }"),
        ("operator", "SRL013", "public class TYPE { " + Members + " LIMIT public static RETURN operator +(TYPE id, List<int> items) { throw null!; } }"),
        ("finalizer", "SRL013", "public class TYPE { " + Members + " LIMIT ~TYPE() { } }"),
        ("local function", "SRL013", "public class TYPE { " + Members + " void Outer() { LIMIT RETURN M(int id, List<int> items) { throw null!; } } }"),
        ("lambda", "SRL013", "public class TYPE { " + Members + " Delegate M() => LIMIT (int id, List<int> items) => 1; }"),
        ("action", "SRL006", "public class TYPEController { " + Members + " LIMIT public RETURN M(int id, List<int> items) { throw null!; } }"),
        ("mapped lambda", "SRL006", "public class TYPE { " + Members + " void Map(Microsoft.AspNetCore.Builder.WebApplication app) => Microsoft.AspNetCore.Builder.EndpointRouteBuilderExtensions.MapGet(app, \"/\", LIMIT (int id, List<int> items) => 1); }"),
        ("mapped method", "SRL006", "public class TYPE { " + Members + " void Map(Microsoft.AspNetCore.Builder.WebApplication app) => Microsoft.AspNetCore.Builder.EndpointRouteBuilderExtensions.MapGet(app, \"/\", (Delegate)M); LIMIT RETURN M(int id, List<int> items) { throw null!; } }"),
    ];

    public static readonly string[] Returns =
        ["void", "int", "string?", "Task", "Task<int>", "ValueTask", "ValueTask<int>", "IAsyncEnumerable<int>", "ref int", "ReadOnlySpan<byte>", "System.Runtime.CompilerServices.YieldAwaitable"];

    public static readonly string[] Keys =
        ["", "nameof(id)", "nameof(Tenant)", "nameof(KeyOf)", "\"{id}:{Tenant.Length}\"", "\"Tenant|id\"", "\"*\"", "HttpKey.Ip", "\"idd\"", "nameof(items)", "\"{\"", "nameof(WithContext)"];

    /// <summary>A kind with every return type and every key, each in a type of its own.</summary>
    public static string Text(string kind, string[] returns, string[] keys)
    {
        var template = All.Single(row => row.Kind == kind).Template;
        var text = new StringBuilder();
        var number = 0;
        foreach (var @return in returns)
        {
            foreach (var key in keys)
            {
                var limit = key.Length == 0 ? "[RateLimited(\"5/m\")]" : $"[RateLimited(\"5/m\", Key = {key})]";
                text.AppendLine(template
                    .Replace("TYPE", "T" + number++.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
                    .Replace("RETURN", @return, StringComparison.Ordinal)
                    .Replace("LIMIT", limit, StringComparison.Ordinal));
            }
        }

        return text.ToString();
    }

    private const string Members =
        "private static string Tenant => \"\"; private static string KeyOf(int id) => \"\"; internal static string WithContext(Microsoft.AspNetCore.Http.HttpContext http) => \"\";";

    private const string InterfaceMembers =
        "internal static string Tenant => \"\"; internal static string KeyOf(int id) => \"\"; internal static string WithContext(Microsoft.AspNetCore.Http.HttpContext http) => \"\";";

    private static string Partial(string type, string modifiers, string coreModifiers, string typeParameters = "") =>
        $"{type} {{ {Members} LIMIT {modifiers} RETURN M{typeParameters}(int id, List<int> items); {coreModifiers} RETURN MCore{typeParameters}(int id, List<int> items) {{ throw null!; }} }}";
}
