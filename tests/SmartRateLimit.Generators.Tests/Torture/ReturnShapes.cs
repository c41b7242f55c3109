using static SmartRateLimit.Generators.Tests.Torture.Shape;

namespace SmartRateLimit.Generators.Tests.Torture;

internal static class ReturnShapes
{
    public static readonly Shape[] All =
    [
        Returns("void", "void", "", "Service.M();"),
        Returns("a nullable reference returned", "string?", "return null;", "Service.M();"),
        Returns("a tuple returned", "(int Left, string? Right)", "return (1, null);", "_ = Service.M().Left;"),
        Returns("dynamic returned", "dynamic", "return 1;", "Service.M();"),
        Returns("a span returned", "Span<int>", "return new int[1];", "Service.M();"),
        Returns("a reference returned", "ref int", "return ref Field;", "Service.M() = 1;"),
        Returns("a read-only reference returned", "ref readonly int", "return ref Field;", "Service.M();"),
        Returns("an iterator", "IEnumerable<int>", "yield return 1;", "foreach (var x in Service.M()) { }"),
        Returns("an enumerator", "IEnumerator<int>", "yield return 1;", "Service.M();"),
        Returns("an array of tasks", "Task[]", "return [];", "Service.M();"),
        Returns("a function that returns a task", "Func<Task<int>>", "return () => Task.FromResult(1);", "Service.M();"),
        Returns("a task", "Task", "return Task.CompletedTask;", "await Service.M();"),
        Returns("an async task", "Task", "await Task.Yield();", "await Service.M();", "async "),
        Returns("a task of a nullable reference", "Task<string?>", "return Task.FromResult<string?>(null);", "await Service.M();"),
        Returns("a task of a tuple", "Task<(int A, string B)>", "return Task.FromResult((1, \"\"));", "await Service.M();"),
        Returns("a task of a task", "Task<Task<int>>", "return Task.FromResult(Task.FromResult(1));", "await Service.M();"),
        Returns("a task of dynamic", "Task<dynamic?>", "return Task.FromResult<dynamic?>(1);", "await Service.M();"),
        Returns("a task of an array", "Task<int[]?>", "await Task.Delay(1); return null;", "await Service.M();", "async "),
        Returns("a value task", "ValueTask", "return default;", "await Service.M();"),
        Returns("an async value task", "ValueTask", "await Task.Yield();", "await Service.M();", "async "),
        Returns("a value task of a result", "ValueTask<int?>", "return new((int?)null);", "await Service.M();"),
        Returns("an asynchronous sequence", "IAsyncEnumerable<int>", "await Task.Yield(); yield return 1;", "await foreach (var x in Service.M()) { }", "async "),
        Returns("an asynchronous sequence of tuples", "IAsyncEnumerable<(int A, string? B)>", "await Task.Yield(); yield return (1, null);", "await foreach (var x in Service.M()) { _ = x.A; }", "async "),
        Limited("an asynchronous sequence with a token", "public static partial class Service { LIMITER LIMIT public static partial IAsyncEnumerable<int> M(CancellationToken ct = default); private static async IAsyncEnumerable<int> MCore([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct) { await Task.Yield(); yield return 1; } }", "await foreach (var x in Service.M()) { }"),
        Limited("a nullable contract on the result", "public static partial class Service { LIMITER LIMIT [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(a))] public static partial string? M(string? a); [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(a))] private static string? MCore(string? a) => a; }", "_ = Service.M(\"a\").Length;"),
        Limited("a result of the type parameter", "public static partial class Service { LIMITER LIMIT public static partial T? M<T>(T? a); private static T? MCore<T>(T? a) => a; }", "Service.M<string>(null);"),
        Limited("a task of the type parameter", "public static partial class Service { LIMITER LIMIT public static partial Task<T?> M<T>(T? a) where T : struct; private static Task<T?> MCore<T>(T? a) where T : struct => Task.FromResult(a); }", "await Service.M<int>(null);"),
    ];
}
