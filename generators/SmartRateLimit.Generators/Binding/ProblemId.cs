namespace SmartRateLimit.Binding;

/// <summary>The ids that binding an annotation can report, and which of them stop the generator.</summary>
internal static class ProblemId
{
    public const string InvalidRate = "SRL001";
    public const string UnknownName = "SRL002";
    public const string PointlessLimit = "SRL003";
    public const string NoKey = "SRL004";
    public const string NoHttpContext = "SRL005";
    public const string UnboundFunction = "SRL006";
    public const string MeaninglessSetting = "SRL007";
    public const string DisagreeingName = "SRL008";
    public const string NotPartial = "SRL010";
    public const string NoCore = "SRL011";
    public const string TypeNotPartial = "SRL012";
    public const string CannotBeLimited = "SRL013";
    public const string SharedLimiter = "SRL014";
    public const string AmbiguousLimiter = "SRL015";
    public const string BlockingCall = "SRL016";
    public const string RawKey = "SRL017";
    public const string CoreCall = "SRL020";
    public const string EscapingOverride = "SRL021";
    public const string DirectCall = "SRL023";
    public const string BareImplementation = "SRL030";
    public const string NotEnforced = "SRL040";

    /// <summary>Whether an id is an error by default; the generator writes nothing for a method that has one.</summary>
    public static bool IsError(string id) => id is not (PointlessLimit or NoKey or DisagreeingName or SharedLimiter or BlockingCall or RawKey
        or CoreCall or EscapingOverride or DirectCall or BareImplementation or NotEnforced);
}
