namespace SmartRateLimit.Contract.Comparison;

internal enum OperationKind
{
    Acquire,
    AcquireOrReserve,
    AcquireAndRefund,
    Peek,
    Reset,
    ChangePolicy,
    Advance,
    StepWall,
    StepMonotonic,
}

/// <summary>One step of a random history.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="Amount">A cost, a number of ticks, or the index of the policy that follows.</param>
internal readonly record struct Operation(OperationKind Kind, long Amount = 0)
{
    public override string ToString() => FormattableString.Invariant($"{Kind}({Amount})");
}
