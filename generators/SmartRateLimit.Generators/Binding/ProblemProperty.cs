namespace SmartRateLimit.Binding;

/// <summary>The keys of <see cref="BindingProblem.Properties"/>: what a code fix needs besides the location.</summary>
internal static class ProblemProperty
{
    /// <summary>SRL002: the name that was probably meant.</summary>
    public const string Suggestion = "suggestion";

    /// <summary>SRL004: the names of the method's parameters that can be keys, separated by commas.</summary>
    public const string Parameters = "parameters";

    /// <summary>SRL010: <see cref="CauseNotPartial"/>, <see cref="CauseAccessibility"/> or <see cref="CauseImplemented"/>.</summary>
    public const string Cause = "cause";

    /// <summary>
    /// SRL011: the name of the method that should hold the body. SRL012: the name of the type. SRL020: the method to call.
    /// SRL021: the method to override.
    /// </summary>
    public const string Name = "name";

    /// <summary>SRL021: how visible the body that can be overridden instead is; missing where none can.</summary>
    public const string Accessibility = "accessibility";

    public const string CauseNotPartial = "not-partial";
    public const string CauseAccessibility = "accessibility";
    public const string CauseImplemented = "implemented";
    public const string CauseMissing = "missing";
    public const string CauseSignature = "signature";
    public const string CauseVisible = "visible";
}
