using SmartRateLimit.Binding;

namespace SmartRateLimit.Generators.Emission;

/// <summary>The types that generated code uses, as it writes them.</summary>
internal static class Runtime
{
    public const string Limiter = "global::SmartRateLimit.IRateLimiter";
    public const string Decorators = "global::SmartRateLimit.RateLimitDecorators";
    public const string ModuleInitializer = "[global::System.Runtime.CompilerServices.ModuleInitializer]";
    public const string Policy = "global::SmartRateLimit.RateLimitPolicy";
    public const string KeyBuilder = "global::SmartRateLimit.RateLimitKeyBuilder";
    public const string Call = "global::SmartRateLimit.RateLimitedCall";
    public const string Request = "global::SmartRateLimit.RateLimitRequest";
    public const string Requests = "global::SmartRateLimit.RateLimitedRequests";
    public const string Decision = "global::SmartRateLimit.RateLimitDecision";
    public const string Exceeded = "global::SmartRateLimit.RateLimitExceededException";
    public const string Reader = "global::SmartRateLimit.AspNetCore.HttpKeyReader";
    public const string EnforcedByGeneratedCode = "global::SmartRateLimit.EnforcedByGeneratedCode";
    public const string AddDecision = "global::Microsoft.AspNetCore.Http.RateLimitHttpContextExtensions.AddRateLimitDecision";
    public const string Exception = "global::System.Exception";
    public const string Token = "global::System.Threading.CancellationToken";
    public const string Task = "global::System.Threading.Tasks.Task";
    public const string ValueTask = "global::System.Threading.Tasks.ValueTask";
    public const string AsyncEnumerable = "global::System.Collections.Generic.IAsyncEnumerable";

    private const string Services = "global::System.Runtime.CompilerServices.";

    public const string EnumeratorCancellation = Services + "EnumeratorCancellation";

    /// <summary>The class that knows how methods of a shape end that are not admitted at once.</summary>
    public static string Returns(ReturnShape shape) => "global::SmartRateLimit." + shape switch
    {
        ReturnShape.Task => "RateLimitedTask",
        ReturnShape.TaskOfResult => "RateLimitedResultTask",
        ReturnShape.ValueTask => "RateLimitedValueTask",
        _ => "RateLimitedResultValueTask",
    };

    /// <summary>The method that hands on an exception as methods of a shape do.</summary>
    public static string Faulted(ReturnShape shape) => shape == ReturnShape.AsyncEnumerable ? Call + ".FaultedSequence" : Returns(shape) + ".Faulted";
}
