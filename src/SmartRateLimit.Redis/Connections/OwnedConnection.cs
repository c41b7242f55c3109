using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using StackExchange.Redis;

namespace SmartRateLimit.Redis.Connections;

/// <summary>
/// A multiplexer of our own. It connects in the background from the start and for as long as it takes: a store that is
/// down when the application starts is a store that fails, not an application that does not start. When nothing but
/// failures came for a while it is replaced, and the place to connect to is looked up again.
/// </summary>
internal sealed class OwnedConnection : IRedisConnection
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan RenewAfter = TimeSpan.FromMilliseconds(500);

    private readonly IConnectionTarget _target;
    private readonly TimeSpan _patience;
    private readonly CancellationTokenSource _closing = new();
    private readonly CancellationToken _closed;
    private readonly TaskCompletionSource _firstAttempt = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<Action<IConnectionMultiplexer>> _callbacks = [];
    private readonly object _gate = new();
    private volatile Link? _link;
    private volatile Exception? _failure;
    private long _failingSince;
    private int _isRenewing;

    /// <param name="target">Where to connect to; asked before each connection.</param>
    /// <param name="patience">How long a blocking caller waits for the first connection.</param>
    public OwnedConnection(IConnectionTarget target, TimeSpan patience)
    {
        _target = target;
        _patience = patience;
        _closed = _closing.Token;
        Renew();
    }

    public IEnumerable<EndPoint> EndPoints => _target.EndPoints;

    public IConnectionMultiplexer? Current => _link?.Multiplexer;

    public bool IsSingleSlot => _link is { Watch.IsSingleSlot: true };

    public CommandFlags Route => _link?.Watch.Route ?? CommandFlags.DemandMaster;

    public void WhenConnected(Action<IConnectionMultiplexer> callback)
    {
        lock (_gate)
        {
            _callbacks.Add(callback);
            if (Current is { } multiplexer)
            {
                callback(multiplexer);
            }
        }
    }

    public async ValueTask<IConnectionMultiplexer> MultiplexerAsync(CancellationToken cancellationToken)
    {
        if (_link is null)
        {
            await _firstAttempt.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        return Connected();
    }

    public ValueTask<IDatabase> DatabaseAsync(CancellationToken cancellationToken) =>
        _link is null ? FirstDatabaseAsync(cancellationToken) : new(Connected().GetDatabase());

    public IDatabase Database()
    {
        if (_link is null)
        {
            _ = _firstAttempt.Task.Wait(_patience);
        }

        return Connected().GetDatabase();
    }

    public CancellationTokenRegistration Suspect(CancellationToken patience) =>
        patience.UnsafeRegister(static connection => ((OwnedConnection)connection!).NoteFailure(), this);

    public RateLimitBackendException Report(Exception error)
    {
        NoteFailure(hasNoConnection: RedisFault.IsWithoutConnection(error));
        return RedisFault.Describe(error, IsRefused(_link));
    }

    public void Trust()
    {
        if (Volatile.Read(ref _failingSince) != 0)
        {
            Volatile.Write(ref _failingSince, 0);
            _failure = null;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_closed.IsCancellationRequested)
            {
                return;
            }

            _closing.Cancel();
            _link?.Multiplexer.Dispose();
            _link = null;
        }

        _closing.Dispose();
    }

    private async ValueTask<IDatabase> FirstDatabaseAsync(CancellationToken cancellationToken) =>
        (await MultiplexerAsync(cancellationToken).ConfigureAwait(false)).GetDatabase();

    private IConnectionMultiplexer Connected()
    {
        var link = _link ?? throw RedisFault.NotConnected(_failure);
        if (IsRefused(link) && !link.Multiplexer.IsConnected)
        {
            // Some drivers would keep the call until they are let in.
            NoteFailure();
            throw RedisFault.Refused(_failure);
        }

        return link.Multiplexer;
    }

    /// <param name="hasNoConnection">Whether the driver said that it has none, which it may go on saying though it made one.</param>
    private void NoteFailure(bool hasNoConnection = false)
    {
        var now = Stopwatch.GetTimestamp();
        var since = Interlocked.CompareExchange(ref _failingSince, now, 0);
        if (since != 0 && (Stopwatch.GetElapsedTime(since, now) >= RenewAfter || (hasNoConnection && IsSingleSlot) || Current is { IsConnected: false }))
        {
            Renew();
        }
    }

    private bool IsRefused(Link? link) => link is { Watch.IsRefused: true } || RedisFault.IsRefusal(_failure);

    private void Renew()
    {
        if (Interlocked.Exchange(ref _isRenewing, 1) == 0)
        {
            _ = Task.Run(RenewAsync);
        }
    }

    private async Task RenewAsync()
    {
        try
        {
            // The multiplexer that fails may come back by itself while others are tried.
            while (!_closed.IsCancellationRequested && (_link is null || Volatile.Read(ref _failingSince) != 0) && !await TryConnectAsync().ConfigureAwait(false))
            {
                await Task.Delay(RetryPause, _closed).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The backend is being disposed.
        }
        finally
        {
            Volatile.Write(ref _isRenewing, 0);
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Whatever keeps it from connecting, trying on is what brings the store back.")]
    private async Task<bool> TryConnectAsync()
    {
        try
        {
            var options = await _target.FindAsync(_closed).ConfigureAwait(false);
            Use(await ConnectionMultiplexer.ConnectAsync(options).ConfigureAwait(false));
            return true;
        }
        catch (Exception error) when (!_closed.IsCancellationRequested)
        {
            _failure = error;
            return false;
        }
        finally
        {
            _firstAttempt.TrySetResult();
        }
    }

    private void Use(ConnectionMultiplexer multiplexer)
    {
        Link? old;
        lock (_gate)
        {
            if (_link is not null && Volatile.Read(ref _failingSince) == 0)
            {
                // The one in use recovered, and calls are under way on it.
                multiplexer.Dispose();
                return;
            }

            (old, _link, _failure) = (_link, new Link(multiplexer), null);
            if (_closed.IsCancellationRequested)
            {
                (old, _link) = (_link, null);
            }
            else
            {
                _callbacks.ForEach(callback => callback(multiplexer));
            }
        }

        Trust();
        old?.Multiplexer.Dispose();
    }
}
