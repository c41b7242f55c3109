using System.Runtime.CompilerServices;

namespace SmartRateLimit.Backends.Remote;

/// <summary>
/// Drivers may complete their tasks on the thread that reads replies. A caller who went on there and blocked would wait for
/// a reply that nobody reads.
/// </summary>
internal static class DriverThread
{
    /// <summary>Goes on with a thread of the pool.</summary>
    public static ConfiguredTaskAwaitable LeaveAsync() => Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
}
