namespace SmartRateLimit.Binding;

/// <summary>What a call costs: a number known now, or a value read at the call.</summary>
internal sealed class CostBinding(long constant, ValueBinding? value)
{
    public static readonly CostBinding One = new(1, null);

    public long Constant { get; } = constant;

    public ValueBinding? Value { get; } = value;
}
