using StackExchange.Redis;

namespace SmartRateLimit.Redis.Connections;

/// <summary>
/// A multiplexer of our own. It connects in the background from the start and for as long as it takes: a store that is
/// down when the application starts is a store that fails, not an application that does not start.
/// </summary>
internal sealed class OwnedConnection : IRedisConnection
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource _closing = new();
    private readonly Task<IConnectionMultiplexer> _connecting;
    private readonly TimeSpan _patience;

    /// <param name="connect">Makes the multiplexer; asked again while it fails.</param>
    /// <param name="patience">How long a blocking caller waits for the first connection.</param>
    public OwnedConnection(Func<Task<IConnectionMultiplexer>> connect, TimeSpan patience)
    {
        _patience = patience;
        _connecting = Task.Run(() => ConnectAsync(connect));
    }

    public async ValueTask<IConnectionMultiplexer> MultiplexerAsync() => await _connecting.ConfigureAwait(false);

    public ValueTask<IDatabase> DatabaseAsync() =>
        _connecting.IsCompletedSuccessfully ? new(_connecting.Result.GetDatabase()) : WaitAsync();

    public IDatabase Database() => _connecting.Wait(_patience)
        ? _connecting.Result.GetDatabase()
        : throw new TimeoutException("There is no connection to Redis yet.");

    public void Dispose()
    {
        _closing.Cancel();
        if (_connecting.IsCompletedSuccessfully)
        {
            _connecting.Result.Dispose();
        }

        _closing.Dispose();
    }

    private async ValueTask<IDatabase> WaitAsync() => (await _connecting.ConfigureAwait(false)).GetDatabase();

    private async Task<IConnectionMultiplexer> ConnectAsync(Func<Task<IConnectionMultiplexer>> connect)
    {
        while (true)
        {
            try
            {
                var multiplexer = await connect().ConfigureAwait(false);
                if (!_closing.IsCancellationRequested)
                {
                    return multiplexer;
                }

                multiplexer.Dispose();
                throw new OperationCanceledException("The backend was disposed.");
            }
            catch (RedisConnectionException)
            {
                await Task.Delay(Pause, _closing.Token).ConfigureAwait(false);
            }
        }
    }
}
