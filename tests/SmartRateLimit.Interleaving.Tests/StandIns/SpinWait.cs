using System.Diagnostics.CodeAnalysis;
using SmartRateLimit.Interleaving;

namespace SmartRateLimit;

/// <summary>Waits by letting the others go on.</summary>
internal readonly struct SpinWait
{
    [SuppressMessage("Performance", "CA1822:Mark members as static", Justification = "It is called as the framework's is.")]
    public void SpinOnce() => Schedule.Wait();

    [SuppressMessage("Performance", "CA1822:Mark members as static", Justification = "It is called as the framework's is.")]
    [SuppressMessage("Style", "IDE0060:Remove unused parameter", Justification = "It is called as the framework's is.")]
    public void SpinOnce(int sleep1Threshold) => Schedule.Wait();
}
