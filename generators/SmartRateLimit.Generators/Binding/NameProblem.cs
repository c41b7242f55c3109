namespace SmartRateLimit.Binding;

/// <summary>The ending that messages about unknown names share.</summary>
internal static class NameProblem
{
    public static string DidYouMean(string? nearest) => nearest is null ? string.Empty : "; did you mean '" + nearest + "'?";
}
