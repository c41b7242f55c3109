using System.Collections.Concurrent;

namespace SmartRateLimit.Backends.Remote;

/// <summary>Waiters that are free to be used again, up to a number.</summary>
internal sealed class CallWaiterPool(IRateLimitStore store)
{
    private const int MaxFree = 4_096;

    private readonly ConcurrentQueue<CallWaiter> _free = new();
    private int _count;

    public CallWaiter Rent()
    {
        if (!_free.TryDequeue(out var waiter))
        {
            return new CallWaiter(this, store);
        }

        _ = Interlocked.Decrement(ref _count);
        return waiter;
    }

    public void Return(CallWaiter waiter)
    {
        if (Interlocked.Increment(ref _count) <= MaxFree)
        {
            _free.Enqueue(waiter);
        }
        else
        {
            _ = Interlocked.Decrement(ref _count);
        }
    }
}
