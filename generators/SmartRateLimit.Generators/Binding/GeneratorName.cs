namespace SmartRateLimit.Binding;

/// <summary>How generated members name their author in <c>[GeneratedCode]</c>.</summary>
internal static class GeneratorName
{
    public const string Value = "SmartRateLimit.Generators";
}
