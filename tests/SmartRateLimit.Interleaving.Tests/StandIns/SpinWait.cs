using SmartRateLimit.Interleaving;

namespace SmartRateLimit;

/// <summary>Waits by letting the others go on.</summary>
internal readonly struct SpinWait
{
    public void SpinOnce() => Schedule.Wait();
}
