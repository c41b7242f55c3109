using static SmartRateLimit.Generators.Tests.Torture.Shape;

namespace SmartRateLimit.Generators.Tests.Torture;

/// <summary>Keys, costs, conditions and fallbacks that are unusual. Each is called with the same values, so that there is one bucket.</summary>
internal static class KeyShapes
{
    public static readonly Shape[] All =
    [
        Key("a keyword", "nameof(@class)", "string @class", "Service.M(\"a\");"),
        Key("a unicode name", "\"größe\"", "int größe", "Service.M(1);"),
        Key("a template of everything", "\"{a}:{b}:{c}:{d}:{e}:{f}\"", "int a, Guid b, DateTime c, DayOfWeek d, decimal? e, string? f", "Service.M(1, Guid.Empty, default, DayOfWeek.Friday, null, null);"),
        Key("braces that are text", "\"{{{a}}}\"", "int a", "Service.M(1);"),
        Key("a chain", "\"a|b|c\"", "string? a, int? b, string c", "Service.M(null, null, \"c\");"),
        Key("a path over nulls", "\"{a.Next.Next.Text}\"", "Node? a", "Service.M(new());", "public class Node { public Node? Next; public string Text => \"\"; }"),
        Key("a path over a nullable value", "\"{a.Year}\"", "DateTime? a", "Service.M(null);"),
        Key("a path over tuples", "\"{a.Left}:{a.Item2}\"", "(int Left, string Right) a", "Service.M((1, \"\"));"),
        Key("an inherited property", "\"{a.Id}\"", "Child a", "Service.M(new());", "public class Parent { public int Id => 1; } public class Child : Parent;"),
        Key("a property of an interface", "\"{a.Count}\"", "IReadOnlyList<int> a", "Service.M([]);"),
        Key("characters", "\"{a}\"", "ReadOnlySpan<char> a", "Service.M(\"abc\");"),
        Key("writable characters", "\"{a}\"", "Span<char> a", "Service.M(new char[1]);"),
        Key("memory of characters", "\"{a}\"", "ReadOnlyMemory<char> a", "Service.M(\"abc\".AsMemory());"),
        Key("a type parameter", "\"{a}\"", "T a", "Service.M(1);", generics: "<T>", constraints: "where T : IFormattable"),
        Key("an enum as a type parameter", "\"{a}\"", "T a", "Service.M(DayOfWeek.Friday);", generics: "<T>", constraints: "where T : struct, Enum"),
        Key("a path over a type parameter", "\"{a.Id}\"", "T a", "Service.M(new Item());", "public interface IItem { int Id { get; } } public class Item : IItem { public int Id => 1; }", "<T>", "where T : IItem"),
        Key("a record around a value", "\"{a}\"", "Id a", "Service.M(new(1));", "public readonly record struct Id(int Value);"),
        Key("an uncommon integer", "\"{a}:{b}\"", "Int128 a, nuint b", "Service.M(1, 2);"),
        Key("in", "nameof(a)", "in Guid a", "Service.M(Guid.Empty);"),
        Key("ref", "nameof(a)", "ref long a", "var x = 1L; Service.M(ref x);"),
        Key("a constant", "nameof(Constant)", "int a", "Service.M(1);", members: "private const string Constant = \"c\";"),
        Key("a static field", "nameof(Field)", "int a", "Service.M(1);", members: "private static readonly Guid Field = Guid.NewGuid();"),
        Key("a function of nothing", "nameof(KeyOf)", "int a", "Service.M(1);", members: "private static string KeyOf() => \"k\";"),
        Key("a function of some", "nameof(KeyOf)", "int a, string b, DateTime c", "Service.M(1, \"\", default);", members: "private static (string, int) Never() => default; private static string? KeyOf(string b, long a) => b + a;"),
        Key("a path from a function", "\"{KeyOf.Length}\"", "string a", "Service.M(\"a\");", members: "private static string KeyOf(string a) => a;"),
        Key("a generic function", "nameof(KeyOf)", "T a", "Service.M(1);", generics: "<T>", members: "private static string KeyOf<T>(T a) => \"k\";"),
        Key("a function of another type", "nameof(Keys.KeyOf), KeyType = typeof(Keys)", "int a", "Service.M(1);", "public static class Keys { internal static int KeyOf(int a) => a; }"),
        Key("a function that calls something unlimited", "nameof(KeyOf)", "Func<string> a", "Service.M(() => \"k\");", members: "private static string KeyOf(Func<string> a) => a();"),
        Key("a member that a parameter hides", "nameof(a)", "int a", "Service.M(1);", members: "public static string A => \"\";"),
        Key("a cost", "\"*\", Cost = nameof(a)", "byte a", "Service.M(1);"),
        Key("an unsigned cost", "\"*\", Cost = \"{a}\"", "ulong a", "Service.M(1);"),
        Key("a condition", "\"*\", SkipIf = nameof(Never)", "int a", "Service.M(1);", members: "private static bool Never(int a) => a > 1;"),
        Key("a waiting time", "\"*\", MaxWait = \"1ms\"", "int a", "await Service.M(1);", returns: "Task<int>", body: "Task.FromResult(1)"),
    ];

    private static Shape Key(
        string name, string key, string parameters, string call, string around = "", string generics = "", string constraints = "", string members = "", string returns = "int", string body = "1") => Limited(
        "key: " + name,
        $"{around} public static partial class Service {{ LIMITER {members} [RateLimited(\"2/d\", Key = {key})] public static partial {returns} M{generics}({parameters}) {constraints}; private static {returns} MCore{generics}({parameters}) {constraints} => {body}; }}",
        call);
}
