namespace SmartRateLimit.Binding;

/// <summary>The keys of <see cref="BindingProblem.Properties"/>: what a code fix needs besides the location.</summary>
internal static class ProblemProperty
{
    /// <summary>SRL002: the name that was probably meant.</summary>
    public const string Suggestion = "suggestion";

    /// <summary>SRL002: <see cref="UseKey"/> and so on, where a function of the name would do; missing where it would not.</summary>
    public const string Use = "use";

    public const string UseKey = "key";
    public const string UseCost = "cost";
    public const string UseCondition = "condition";

    /// <summary>SRL004: the names of the method's parameters that can be keys, separated by commas.</summary>
    public const string Parameters = "parameters";

    /// <summary>SRL010: <see cref="CauseNotPartial"/>, <see cref="CauseAccessibility"/> or <see cref="CauseImplemented"/>.</summary>
    public const string Cause = "cause";

    /// <summary>
    /// SRL011: the name of the method that should hold the body. SRL012: the name of the type. SRL017: the parameter that
    /// should be the key. SRL020: the method to call. SRL021: the method to override.
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
