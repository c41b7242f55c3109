namespace SmartRateLimit.Backends.Memory.Cells;

/// <summary>What a backend made of a policy's numbers, remembered with them.</summary>
/// <param name="owner">The backend.</param>
/// <param name="record">The record of the policy's name.</param>
/// <param name="lane">The lane that decides; <see langword="null"/> where buckets do.</param>
internal sealed class LaneBinding(object owner, PolicyRecord record, KeyLane? lane)
{
    public object Owner => owner;

    public PolicyRecord Record => record;

    public KeyLane? Lane => lane;
}
