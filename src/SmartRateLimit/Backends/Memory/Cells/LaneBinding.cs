using SmartRateLimit.Policies;

namespace SmartRateLimit.Backends.Memory.Cells;

/// <summary>What a backend made of a policy's numbers, remembered with them.</summary>
/// <param name="owner">The backend.</param>
/// <param name="record">The record of the policy's name.</param>
/// <param name="lane">The lane that decides; <see langword="null"/> where buckets do.</param>
/// <param name="program">The policy.</param>
internal sealed class LaneBinding(object owner, PolicyRecord record, KeyLane? lane, RateProgram program)
{
    public object Owner => owner;

    public PolicyRecord Record => record;

    public KeyLane? Lane { get; } = lane;

    /// <summary>What the lane's decisions say for this policy; <see langword="null"/> where there is no lane.</summary>
    public LaneCases? Cases { get; } = lane?.CasesOf(program);
}
