using SmartRateLimit.Redis.Connections;
using StackExchange.Redis;

namespace SmartRateLimit.Redis.Scripts;

/// <summary>
/// Runs the script by its hash, and sends its text where a server does not know it: after a start, a failover or a flush.
/// What is asked again was never begun.
/// </summary>
internal sealed class ScriptRunner(IRedisConnection connection, Func<RedisScript> script)
{
    private const int MostAttempts = 50;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);

    public Task<long[]> RunAsync(ScriptCall call, CancellationToken cancellationToken) => AskAsync(
        database => EvaluateAsync(database, script(), call.Keys, call.Arguments()),
        cancellationToken);

    public Task DeleteAsync(RedisKey key, CancellationToken cancellationToken) =>
        AskAsync(database => database.KeyDeleteAsync(key, CommandFlags.DemandMaster), cancellationToken);

    public long[] Run(ScriptCall call)
    {
        try
        {
            var (program, keys, arguments) = (script(), call.Keys, call.Arguments());
            var database = connection.Database();
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    var reply = (long[])Evaluate(database, program, keys, arguments)!;
                    connection.Trust();
                    return reply;
                }
                catch (RedisServerException error) when (RedisFault.IsSlotMoving(error) && attempt < MostAttempts)
                {
                    Thread.Sleep(Pause);
                }
            }
        }
        catch (Exception error) when (RedisFault.Is(error))
        {
            throw connection.Report(error);
        }
    }

    private async Task<T> AskAsync<T>(Func<IDatabase, Task<T>> ask, CancellationToken cancellationToken)
    {
        // When the caller's patience is over, that may be the connection's fault.
        using var impatience = cancellationToken.UnsafeRegister(static connection => ((IRedisConnection)connection!).Suspect(), connection);
        try
        {
            var database = await connection.DatabaseAsync(cancellationToken).ConfigureAwait(false);
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    var reply = await ask(database).ConfigureAwait(false);
                    connection.Trust();
                    return reply;
                }
                catch (RedisServerException error) when (RedisFault.IsSlotMoving(error) && attempt < MostAttempts)
                {
                    await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        catch (Exception error) when (RedisFault.Is(error))
        {
            throw connection.Report(error);
        }
    }

    private static async Task<long[]> EvaluateAsync(IDatabase database, RedisScript program, RedisKey[] keys, RedisValue[] arguments)
    {
        try
        {
            return (long[])(await database.ScriptEvaluateAsync(program.Hash, keys, arguments, CommandFlags.DemandMaster).ConfigureAwait(false))!;
        }
        catch (RedisServerException error) when (RedisFault.IsUnknownScript(error))
        {
            return (long[])(await database.ExecuteAsync("EVAL", WithText(program, keys, arguments), CommandFlags.DemandMaster).ConfigureAwait(false))!;
        }
    }

    private static RedisResult Evaluate(IDatabase database, RedisScript program, RedisKey[] keys, RedisValue[] arguments)
    {
        try
        {
            return database.ScriptEvaluate(program.Hash, keys, arguments, CommandFlags.DemandMaster);
        }
        catch (RedisServerException error) when (RedisFault.IsUnknownScript(error))
        {
            return database.Execute("EVAL", WithText(program, keys, arguments), CommandFlags.DemandMaster);
        }
    }

    private static List<object> WithText(RedisScript program, RedisKey[] keys, RedisValue[] arguments) =>
        [program.Text, keys.Length, .. keys, .. arguments];
}
