using SmartRateLimit.Binding;

namespace SmartRateLimit.Generators.Model;

/// <summary>One method to write, in texts and flags only, so that the compiler can tell that nothing changed.</summary>
internal sealed record LimitedMethod(
    SignatureModel Signature,
    ReturnModel Return,
    string Limiter,
    CallModel Core,
    string? Token,
    NamesModel Names,
    RequestModel? Request,
    EquatableArray<PolicyModel> Policies)
{
    /// <summary>The attributes that the method repeats, each on a line of its own.</summary>
    public EquatableArray<string> Attributes { get; init; }

    /// <summary>Whether it is the other part of a method that the author declares, and not a member of a decorator.</summary>
    public bool IsPart { get; init; } = true;
}

/// <summary>A call of the author's body, or of what a decorator wraps.</summary>
/// <param name="Method">The method as an expression.</param>
/// <param name="Arguments">What it is called with.</param>
internal sealed record CallModel(string Method, EquatableArray<string> Arguments)
{
    public string Text => Method + "(" + string.Join(", ", Arguments) + ")";
}

/// <summary>Where a method lies.</summary>
/// <param name="Namespace">The namespace; <see langword="null"/> for the global one.</param>
/// <param name="Types">The declarations around the method, outermost first: <c>partial class Quotes&lt;T&gt;</c>.</param>
internal sealed record ContainerModel(string? Namespace, EquatableArray<string> Types);

/// <summary>How the method is declared.</summary>
/// <param name="Modifiers">The modifiers of the defining part, <c>partial</c> among them.</param>
/// <param name="Name">The name as C# needs it written.</param>
/// <param name="TypeParameters"><c>&lt;T&gt;</c>, or nothing.</param>
/// <param name="Constraints">The constraint clauses that the implementing part repeats.</param>
/// <param name="HelperConstraints">The clauses of a helper: all of them, also on overrides.</param>
/// <param name="Parameters">The parameters.</param>
/// <param name="HelperModifiers">The modifiers of a helper.</param>
internal sealed record SignatureModel(
    string Modifiers,
    string Name,
    string TypeParameters,
    EquatableArray<string> Constraints,
    EquatableArray<string> HelperConstraints,
    EquatableArray<ParameterModel> Parameters,
    string HelperModifiers);

/// <summary>A parameter as declared, as passed to the author's body, and as a helper declares it.</summary>
internal sealed record ParameterModel(string Name, string Declaration, string Argument, string HelperDeclaration);

/// <summary>What the method returns.</summary>
/// <param name="Type">The type as written, with <c>ref</c> where it is by reference.</param>
/// <param name="Shape">How the result is handed back.</param>
/// <param name="Result">The type inside the task or enumerable; <see langword="null"/> where there is none.</param>
/// <param name="IsVoid">Whether there is no result at all.</param>
/// <param name="IsByReference">Whether a variable is returned, not its value.</param>
/// <param name="Rejected">The method that makes the result of a rejected request; <see langword="null"/> where a rejection is thrown.</param>
internal sealed record ReturnModel(string Type, ReturnShape Shape, string? Result, bool IsVoid, bool IsByReference, string? Rejected);

/// <summary>What a handler does with its request, which the package for ASP.NET Core makes possible.</summary>
/// <param name="Context">The expression of the <c>HttpContext</c>; <see langword="null"/> when none is in reach.</param>
/// <param name="MayBeNull">Whether the handler says that there may be none.</param>
/// <param name="Sources">The sources that the keys read.</param>
internal sealed record RequestModel(string? Context, bool MayBeNull, EquatableArray<string> Sources);
