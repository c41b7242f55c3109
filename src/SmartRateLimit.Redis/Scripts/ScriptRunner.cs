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

    public async Task<long[]> RunAsync(ScriptCall call, CancellationToken cancellationToken)
    {
        using var impatience = connection.Suspect(cancellationToken);
        try
        {
            var program = script();
            var database = await connection.DatabaseAsync(cancellationToken).ConfigureAwait(false);
            for (var (attempt, isUnknown) = (1, false); ; attempt++)
            {
                try
                {
                    var reply = isUnknown
                        ? await database.ExecuteAsync("EVAL", WithText(program, call), connection.Route).ConfigureAwait(false)
                        : await database.ScriptEvaluateAsync(program.Hash, call.Keys, call.Arguments, connection.Route).ConfigureAwait(false);
                    connection.Trust();
                    return (long[])reply!;
                }
                catch (RedisServerException error) when (RedisFault.IsUnknownScript(error) && !isUnknown)
                {
                    isUnknown = true;
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

    public long[] Run(ScriptCall call)
    {
        try
        {
            var program = script();
            var database = connection.Database();
            for (var (attempt, isUnknown) = (1, false); ; attempt++)
            {
                try
                {
                    var reply = isUnknown
                        ? database.Execute("EVAL", WithText(program, call), connection.Route)
                        : database.ScriptEvaluate(program.Hash, call.Keys, call.Arguments, connection.Route);
                    connection.Trust();
                    return (long[]?)reply ?? throw new TimeoutException("The driver returned without the reply.");
                }
                catch (RedisServerException error) when (RedisFault.IsUnknownScript(error) && !isUnknown)
                {
                    // Drivers of 2.x may wake a thread that asks again at once with the signal of the error, before its reply.
                    isUnknown = true;
                    Thread.Sleep(Pause);
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

    public async Task DeleteAsync(RedisKey key, CancellationToken cancellationToken)
    {
        using var impatience = connection.Suspect(cancellationToken);
        try
        {
            var database = await connection.DatabaseAsync(cancellationToken).ConfigureAwait(false);

            // The driver's own method deletes in other ways where the server knows them, which need other permissions.
            _ = await database.ExecuteAsync("DEL", new object[] { key }, connection.Route).ConfigureAwait(false);
            connection.Trust();
        }
        catch (Exception error) when (RedisFault.Is(error))
        {
            throw connection.Report(error);
        }
    }

    private static List<object> WithText(RedisScript program, in ScriptCall call) =>
        [program.Text, call.Keys.Length, .. call.Keys, .. call.Arguments];
}
