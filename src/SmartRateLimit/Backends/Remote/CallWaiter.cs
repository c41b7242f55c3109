using System.Threading.Tasks.Sources;
using SmartRateLimit.Resilience;

namespace SmartRateLimit.Backends.Remote;

/// <summary>
/// A caller who waits for a call that it shares with others. It is used again when both the caller and the call are done
/// with it; one of a call that was given up is not, since the driver may still read its key.
/// </summary>
internal sealed class CallWaiter : IValueTaskSource<Attempt>
{
    private const int Arrived = 0;
    private const int Sent = 1;
    private const int Done = 2;

    private readonly CallWaiterPool _pool;
    private readonly StoreRequest[] _request = new StoreRequest[1];
    private readonly RateLimitDecision[] _decision = new RateLimitDecision[1];
    private ManualResetValueTaskSourceCore<Attempt> _result = new() { RunContinuationsAsynchronously = true };
    private CancellationTokenRegistration _cancellation;
    private char[] _key = new char[64];
    private int _state;
    private int _holders;

    /// <param name="pool">Where it goes back to.</param>
    /// <param name="store">Whom it asks when it is alone.</param>
    public CallWaiter(CallWaiterPool pool, IRateLimitStore store)
    {
        _pool = pool;
        Send = token => store.AcquireAsync(_request, _decision, token);
    }

    /// <summary>The call of one who shares it with nobody, which leaves its answer in <see cref="Decision"/>.</summary>
    public Func<CancellationToken, ValueTask> Send { get; }

    public ref readonly StoreRequest Request => ref _request[0];

    public ref readonly RateLimitDecision Decision => ref _decision[0];

    public RefusalMark Mark { get; private set; }

    public ValueTask<Attempt> Result => new(this, _result.Version);

    public void Start(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost, bool mayReserve, RefusalMark mark)
    {
        if (key.Length > _key.Length)
        {
            _key = new char[Math.Max(key.Length, 256)];
        }

        key.CopyTo(_key);
        _request[0] = new StoreRequest(policy, _key.AsMemory(0, key.Length), cost, MayReserve: mayReserve);
        Mark = mark;
        _state = Arrived;
        _holders = 2;
    }

    /// <summary>Lets the caller give up: before the call is sent nothing is charged, afterwards it stays spent.</summary>
    public void CancelWith(CancellationToken cancellationToken) =>
        _cancellation = cancellationToken.UnsafeRegister(static (waiter, token) => ((CallWaiter)waiter!).Cancel(token), this);

    /// <returns>Whether the caller still wants the request to be sent.</returns>
    public bool TrySend() => Interlocked.CompareExchange(ref _state, Sent, Arrived) == Arrived;

    public void Complete(in Attempt attempt)
    {
        if (Interlocked.Exchange(ref _state, Done) != Done)
        {
            _result.SetResult(attempt);
        }
    }

    /// <summary>The caller or the call is done with it.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
        {
            (_request[0], _decision[0]) = (default, default);
            _result.Reset();
            _pool.Return(this);
        }
    }

    Attempt IValueTaskSource<Attempt>.GetResult(short token)
    {
        try
        {
            return _result.GetResult(token);
        }
        finally
        {
            _cancellation.Dispose();
            _cancellation = default;
            Release();
        }
    }

    ValueTaskSourceStatus IValueTaskSource<Attempt>.GetStatus(short token) => _result.GetStatus(token);

    void IValueTaskSource<Attempt>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _result.OnCompleted(continuation, state, token, flags);

    private void Cancel(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _state, Done) != Done)
        {
            _result.SetException(new OperationCanceledException(cancellationToken));
        }
    }
}
