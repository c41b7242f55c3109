using SmartRateLimit.Redis.Connections;
using StackExchange.Redis;

namespace SmartRateLimit.Redis.Scripts;

/// <summary>Runs the script by its hash, and sends its text where a server does not know it: after a start, a failover or a flush.</summary>
internal sealed class ScriptRunner(IRedisConnection connection, Func<RedisScript> script)
{
    // A slot that is being moved answers this before anything was done, until its keys are on one side.
    private const string TryAgain = "TRYAGAIN";
    private const int MostAttempts = 50;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);

    public async Task<long[]> RunAsync(ScriptCall call)
    {
        var program = script();
        var (keys, arguments) = (call.Keys, call.Arguments());
        var database = await connection.DatabaseAsync().ConfigureAwait(false);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return (long[])await RunAsync(database, program, keys, arguments).ConfigureAwait(false)!;
            }
            catch (RedisServerException error) when (Says(error, TryAgain) && attempt < MostAttempts)
            {
                await Task.Delay(Pause).ConfigureAwait(false);
            }
        }
    }

    public long[] Run(ScriptCall call)
    {
        var program = script();
        var (keys, arguments) = (call.Keys, call.Arguments());
        var database = connection.Database();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return (long[])Run(database, program, keys, arguments)!;
            }
            catch (RedisServerException error) when (Says(error, TryAgain) && attempt < MostAttempts)
            {
                Thread.Sleep(Pause);
            }
        }
    }

    private static async Task<RedisResult> RunAsync(IDatabase database, RedisScript program, RedisKey[] keys, RedisValue[] arguments)
    {
        try
        {
            return await database.ScriptEvaluateAsync(program.Hash, keys, arguments, CommandFlags.DemandMaster).ConfigureAwait(false);
        }
        catch (RedisServerException error) when (IsUnknown(error))
        {
            return await database.ExecuteAsync("EVAL", WithText(program, keys, arguments), CommandFlags.DemandMaster).ConfigureAwait(false);
        }
    }

    private static RedisResult Run(IDatabase database, RedisScript program, RedisKey[] keys, RedisValue[] arguments)
    {
        try
        {
            return database.ScriptEvaluate(program.Hash, keys, arguments, CommandFlags.DemandMaster);
        }
        catch (RedisServerException error) when (IsUnknown(error))
        {
            return database.Execute("EVAL", WithText(program, keys, arguments), CommandFlags.DemandMaster);
        }
    }

    private static bool IsUnknown(RedisServerException error) => Says(error, "NOSCRIPT");

    private static bool Says(RedisServerException error, string code) => error.Message.StartsWith(code, StringComparison.Ordinal);

    private static List<object> WithText(RedisScript program, RedisKey[] keys, RedisValue[] arguments)
    {
        var parts = new List<object>(2 + keys.Length + arguments.Length) { program.Text, keys.Length };
        foreach (var key in keys)
        {
            parts.Add(key);
        }

        foreach (var argument in arguments)
        {
            parts.Add(argument);
        }

        return parts;
    }
}
