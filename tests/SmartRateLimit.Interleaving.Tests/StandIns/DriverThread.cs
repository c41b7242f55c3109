namespace SmartRateLimit.Backends.Remote;

/// <summary>Stays: whoever completes a call here reads no replies, and the pool's threads follow no schedule.</summary>
internal static class DriverThread
{
    public static Task LeaveAsync() => Task.CompletedTask;
}
