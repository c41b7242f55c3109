using System.Text.Json;

namespace SmartRateLimit.Contract.Vectors;

/// <summary>Reads decimal times as ticks of 100 ns.</summary>
internal static class VectorTime
{
    /// <summary>The ticks that a property means in a unit of so many seconds; <see langword="null"/> when it is missing.</summary>
    public static long? Ticks(JsonElement json, string name, decimal unitInSeconds) =>
        json.TryGetProperty(name, out var time) ? (long)(time.GetDecimal() * unitInSeconds * TimeSpan.TicksPerSecond) : null;
}
