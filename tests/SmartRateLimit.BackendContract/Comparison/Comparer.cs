using System.Numerics;
using SmartRateLimit.Contract.Model;

namespace SmartRateLimit.Contract.Comparison;

/// <summary>Lives through one history on a backend and on the model side by side.</summary>
internal sealed class Comparer
{
    private const string Key = "key";

    // No process runs longer than a hundred years.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(36_525);

    private readonly FakeTime _time;
    private readonly long _lastTick;
    private readonly IRateLimitBackend _backend;
    private readonly ReferenceModel _model;
    private readonly IReadOnlyList<RateLimitPolicy> _policies;
    private readonly bool _isWrittenWhenAsked;
    private readonly Grain _grain;
    private long _lastAsked = long.MinValue;

    public Comparer(Scenario scenario, Func<FakeTime, IRateLimitBackend> createBackend, Grain grain, long step)
    {
        _time = new FakeTime(scenario.Start);
        _lastTick = _time.GetTimestamp() + Longest.Ticks;
        _backend = createBackend(_time);
        _model = new ReferenceModel(_time, grain.Ticks, step);
        _policies = scenario.Policies;
        _isWrittenWhenAsked = scenario.IsWrittenWhenAsked;
        _grain = grain;
        Policy = _policies[0];
    }

    public RateLimitPolicy Policy { get; private set; }

    /// <summary>What the model said last.</summary>
    public Answer? Last { get; private set; }

    /// <summary>Whether an operation would outlast every process.</summary>
    public bool IsBeyondTime(Operation operation) =>
        operation.Kind == OperationKind.Advance && operation.Amount > _lastTick - _time.GetTimestamp();

    /// <summary>Performs one operation.</summary>
    /// <returns>The difference between backend and model, or <see langword="null"/>.</returns>
    public async ValueTask<string?> StepAsync(Operation operation)
    {
        switch (operation.Kind)
        {
            case OperationKind.Advance:
                _time.Advance(operation.Amount);
                return null;
            case OperationKind.StepWall:
                _time.StepWall(TimeSpan.FromTicks(operation.Amount));
                return null;
            case OperationKind.StepBoth when operation.LeavesWhatIsKnown(Policy, _isWrittenWhenAsked, _time.GetTimestamp(), _lastAsked):
                return null;
            case OperationKind.StepBoth:
                _time.StepWall(TimeSpan.FromTicks(operation.Amount));
                _time.StepMonotonic(TimeSpan.FromTicks(operation.Amount));
                return null;
            case OperationKind.ChangePolicy:
                Policy = _policies[(int)operation.Amount];
                return null;
            case OperationKind.Reset:
                await _backend.ResetAsync(Policy, Key, CancellationToken.None);
                _model.Reset(Policy, Key);
                return null;
            case OperationKind.Peek:
                return Difference(await _backend.PeekAsync(Policy, Key, CancellationToken.None), _model.Peek(Policy, Key));
            case OperationKind.AcquireOrReserve:
                return Difference(
                    await _backend.AcquireAsync(Policy, Key, operation.Amount, CancellationToken.None),
                    _model.Acquire(Policy, Key, operation.Amount, mayReserve: true));
            default:
                var difference = Difference(
                    _backend.Acquire(Policy, Key, operation.Amount),
                    _model.Acquire(Policy, Key, operation.Amount, mayReserve: false));
                if (operation.Kind == OperationKind.AcquireAndRefund && Last!.IsAllowed)
                {
                    await _backend.RefundAsync(Policy, Key, operation.Amount, CancellationToken.None);
                    _model.Refund(Policy, Key, operation.Amount);
                }

                return difference;
        }
    }

    private string? Difference(RateLimitDecision actual, Answer expected)
    {
        _lastAsked = _time.GetTimestamp();
        Last = expected;
        var violated = expected.ViolatedRate < 0 ? (Rate?)null : Policy.Rates[expected.ViolatedRate];
        var agrees = actual.IsAllowed == expected.IsAllowed
            && actual.Reason == expected.Reason
            && actual.ViolatedRate == violated
            && actual.Limit == expected.Limit
            && actual.Remaining == expected.Remaining
            && AreEqual(actual.RetryAfter, expected.RetryAfter)
            && AreEqual(actual.ResetAfter, expected.ResetAfter)
            && AreEqual(actual.Delay, expected.Delay);
        return agrees ? null : FormattableString.Invariant($"""
            backend: {actual.Reason}, violated {actual.ViolatedRate}, {actual.Remaining} of {actual.Limit}, retry {actual.RetryAfter.Ticks}, reset {actual.ResetAfter.Ticks}, delay {actual.Delay.Ticks}
              model: {expected.Reason}, violated {violated}, {expected.Remaining} of {expected.Limit}, retry {expected.RetryAfter}, reset {expected.ResetAfter}, delay {expected.Delay}
            """);
    }

    private bool AreEqual(TimeSpan actual, BigInteger? expected) =>
        _grain.Up(expected) is { } ticks ? actual.Ticks == ticks : actual == Timeout.InfiniteTimeSpan;
}
