namespace SmartRateLimit.Generators.Tests.Torture;

/// <summary>One way to write something that is annotated. It admits two calls a day, or it is an error.</summary>
/// <param name="Name">What is unusual about it.</param>
/// <param name="Files">Its texts; <c>LIMIT</c> is the attribute, <c>LIMITER</c> a static limiter.</param>
/// <param name="Call">A statement that calls it, with <c>await</c> where it is awaited; <see langword="null"/> for an error.</param>
/// <param name="Error">The error that is expected; <see langword="null"/> when the calls are limited.</param>
/// <param name="Reason">The words on the page of that error that say why.</param>
public sealed record Shape(string Name, string[] Files, string? Call, string? Error = null, string? Reason = null)
{
    private const string Attribute = "[RateLimited(\"2/d\", Key = \"*\")]";
    private const string Limiter = "private static readonly IRateLimiter Limiter = Probe.Limiter();";

    public IEnumerable<string> Texts => Files.Select(text => text
        .Replace("LIMITER", Limiter, StringComparison.Ordinal)
        .Replace("LIMIT", Attribute, StringComparison.Ordinal));

    /// <summary>The program that calls it three times.</summary>
    public string Program => Call!.Contains("await ", StringComparison.Ordinal)
        ? $"public static class Torture {{ public static Task<string> Run() => Probe.Of([.. System.Linq.Enumerable.Repeat<Func<Task<object?>>>(async () => {{ {Call} return \"done\"; }}, 3)]); }}"
        : $"public static class Torture {{ public static string Run() => Probe.Of(3, () => {{ {Call} }}); }}";

    /// <summary>A shape of one file.</summary>
    public static Shape Limited(string name, string text, string call) => new(name, [text], call);

    /// <summary>A static method whose parameters are unusual.</summary>
    public static Shape Parameters(string name, string parameters, string call, string body = "return 1;", string around = "", string core = "") => Limited(
        name,
        $"{around} public static partial class Service {{ LIMITER LIMIT public static partial int M({parameters}); private static int MCore({(core.Length > 0 ? core : parameters)}) {{ {body} }} }}",
        call);

    /// <summary>A static method whose return type is unusual.</summary>
    public static Shape Returns(string name, string type, string body, string call, string modifiers = "") => Limited(
        name,
        $"public static partial class Service {{ LIMITER private static int Field = 1; LIMIT public static partial {type} M(); private static {modifiers}{type} MCore() {{ {body} }} public static int Read() => Field; }}",
        call);

    /// <summary>A shape that carries an error.</summary>
    public static Shape Refused(string name, string error, string reason, string text) => new(name, [text], null, error, reason);
}
