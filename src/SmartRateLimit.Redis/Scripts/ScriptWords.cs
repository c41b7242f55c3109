using StackExchange.Redis;

namespace SmartRateLimit.Redis.Scripts;

/// <summary>Words that the script knows, encoded once.</summary>
internal static class ScriptWords
{
    private static readonly RedisValue[] Operations = [.. new[] { "take", "reserve", "peek", "refund" }.Select(Encoded)];

    /// <summary>Each request is decided on its own.</summary>
    public static RedisValue Each { get; } = Encoded("each");

    /// <summary>All requests are admitted, or none.</summary>
    public static RedisValue All { get; } = Encoded("all");

    public static RedisValue Of(Operation operation) => Operations[(int)operation];

    public static RedisValue Encoded(string text) => System.Text.Encoding.UTF8.GetBytes(text);
}
