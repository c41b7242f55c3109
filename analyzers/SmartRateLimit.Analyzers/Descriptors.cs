using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SmartRateLimit.Binding;

namespace SmartRateLimit.Analyzers;

/// <summary>What each id says. In every message {0} is what it is about and {1} why, as <see cref="BindingProblem"/> defines.</summary>
internal static class Descriptors
{
    private const string Category = "SmartRateLimit";
    private const string HelpBase = "https://github.com/smartratelimit/smartratelimit/blob/main/docs/diagnostics/";

    public static readonly DiagnosticDescriptor InvalidRate = Error(
        ProblemId.InvalidRate,
        "The rate is invalid",
        "The rate \"{0}\" is invalid: {1}",
        "A rate is permits per period, such as 100/m, 10 per 3 hours or 10/s; 500/h.");

    public static readonly DiagnosticDescriptor UnknownName = Error(
        ProblemId.UnknownName,
        "The key names nothing",
        "'{0}' cannot be read: {1}",
        "Every name in a key, cost or condition is a parameter or a member that the method can reach. A typo is an error, never a shared bucket.");

    public static readonly DiagnosticDescriptor PointlessLimit = Warning(
        ProblemId.PointlessLimit,
        "The limit always or never rejects",
        "The limit \"{0}\" is pointless: {1}",
        "A limit that admits nothing, or that can never reject, is seldom meant.");

    public static readonly DiagnosticDescriptor NoKey = Warning(
        ProblemId.NoKey,
        "The limit has no key",
        "The limit on '{0}' has no key: {1}",
        "Without a key one caller can use up everybody's permits. Name what is counted apart, or say RateLimitKey.Global.");

    public static readonly DiagnosticDescriptor NoHttpContext = Error(
        ProblemId.NoHttpContext,
        "An HTTP source has no HttpContext in reach",
        "The source '{0}' cannot be read: {1}",
        "A source such as http:ip is read from an HttpContext: endpoint metadata, a parameter, or this.HttpContext.");

    public static readonly DiagnosticDescriptor UnboundFunction = Error(
        ProblemId.UnboundFunction,
        "A key, cost, skip or fallback cannot be used",
        "'{0}' cannot be used: {1}",
        "What an attribute names must have parameters that the method can supply and a type that its place can use.");

    public static readonly DiagnosticDescriptor MeaninglessSetting = Error(
        ProblemId.MeaninglessSetting,
        "A setting is out of range or meaningless here",
        "The setting '{0}' cannot be used: {1}",
        "Burst, initial permits, cost, waiting and algorithm must fit each other and the method.");

    public static readonly DiagnosticDescriptor DisagreeingName = Warning(
        ProblemId.DisagreeingName,
        "Two limits of one name disagree",
        "The name '{0}' is used for different limits: {1}",
        "Attributes of one Name share a bucket, so they must say the same about it.");

    public static readonly DiagnosticDescriptor NotPartial = Error(
        ProblemId.NotPartial,
        "A limited method is not partial",
        "'{0}' is not limited: {1}",
        "The generator writes the implementing part of a limited method, so it is partial and says how visible it is; its body is the method of the same name and Core.");

    public static readonly DiagnosticDescriptor NoCore = Error(
        ProblemId.NoCore,
        "The body of a limited method is missing, different or visible",
        "'{0}' cannot be the limited body: {1}",
        "The body of a limited method is a private method of the same name and Core, with the same parameters; protected when the method is virtual.");

    public static readonly DiagnosticDescriptor TypeNotPartial = Error(
        ProblemId.TypeNotPartial,
        "A type around a limited method is not partial",
        "'{0}' is not partial: {1}",
        "The generator adds to the type that declares a limited method, and to every type around it.");

    public static readonly DiagnosticDescriptor CannotBeLimited = Error(
        ProblemId.CannotBeLimited,
        "Nobody can enforce this limit",
        "Nobody enforces the limit on '{0}': {1}",
        "An annotation that nothing enforces would look like a limit and be none.");

    public static readonly DiagnosticDescriptor SharedLimiter = Info(
        ProblemId.SharedLimiter,
        "The shared limiter is used",
        "'{0}' uses SmartRateLimiter.Shared: {1}",
        "Without a limiter in reach the process-wide one decides.");

    public static readonly DiagnosticDescriptor AmbiguousLimiter = Error(
        ProblemId.AmbiguousLimiter,
        "The limiter is ambiguous or hidden",
        "'{0}' cannot choose a limiter: {1}",
        "A method takes its limiter from a parameter, a field or property, or the primary constructor; there must be exactly one nearest.");

    public static readonly DiagnosticDescriptor RawKey = Warning(
        ProblemId.RawKey,
        "The key tells spellings of one value apart",
        "The key '{0}' is raw text: {1}",
        "A source such as route:id is the text of the request. Where the handler reads a number, enum or Guid from it, a caller has a bucket for each spelling.");

    public static readonly DiagnosticDescriptor BlockingCall = Warning(
        ProblemId.BlockingCall,
        "A synchronous method waits for a remote backend",
        "'{0}' blocks a thread: {1}",
        "A remote backend answers over the network. A method that returns a task does not hold a thread meanwhile.");

    public static readonly DiagnosticDescriptor CoreCall = Warning(
        ProblemId.CoreCall,
        "A call goes round the limit",
        "'{0}' is not limited: {1}",
        "The body of a limited method, called directly, is not limited. Call the method itself.");

    public static readonly DiagnosticDescriptor EscapingOverride = Warning(
        ProblemId.EscapingOverride,
        "An override escapes the limit",
        "The override of '{0}' is not limited: {1}",
        "An override of a limited method replaces the code that limits it. Override its body instead.");

    public static readonly DiagnosticDescriptor BareImplementation = Warning(
        ProblemId.BareImplementation,
        "An implementation is used without its limit",
        "'{0}' is not limited here: {1}",
        "The limits of an interface are in its decorator. An implementation that is registered or constructed by itself has none.");

    public static readonly DiagnosticDescriptor DirectCall = Warning(
        ProblemId.DirectCall,
        "A call passes by the limit",
        "The limit of '{0}' does not count this call: {1}",
        "The middleware limits requests to an endpoint. Code that calls its method directly is not limited.");

    public static readonly DiagnosticDescriptor NotEnforced = new(
        ProblemId.NotEnforced,
        "Nothing enforces the limits of endpoints",
        "The limit of '{0}' is not enforced: {1}",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "Limits of endpoints need the services of AddSmartRateLimit and the middleware of UseSmartRateLimit.",
        HelpBase + ProblemId.NotEnforced + ".md",
        WellKnownDiagnosticTags.CompilationEnd);

    public static readonly ImmutableArray<DiagnosticDescriptor> All =
    [
        InvalidRate, UnknownName, PointlessLimit, NoKey, NoHttpContext, UnboundFunction, MeaninglessSetting, DisagreeingName,
        NotPartial, NoCore, TypeNotPartial, CannotBeLimited, SharedLimiter, AmbiguousLimiter, BlockingCall, RawKey,
        CoreCall, EscapingOverride, DirectCall, BareImplementation, NotEnforced,
    ];

    private static DiagnosticDescriptor Error(string id, string title, string message, string description) =>
        Create(id, title, message, description, DiagnosticSeverity.Error);

    private static DiagnosticDescriptor Warning(string id, string title, string message, string description) =>
        Create(id, title, message, description, DiagnosticSeverity.Warning);

    private static DiagnosticDescriptor Info(string id, string title, string message, string description) =>
        Create(id, title, message, description, DiagnosticSeverity.Info);

    private static DiagnosticDescriptor Create(string id, string title, string message, string description, DiagnosticSeverity severity) =>
        new(id, title, message, Category, severity, isEnabledByDefault: true, description, HelpBase + id + ".md");
}
