using System.Text.Json;

namespace SmartRateLimit.Contract.Vectors;

/// <summary>One numeric case: a policy, then what happens and what must be decided.</summary>
public sealed class Vector
{
    private static readonly string[] Times = ["t", "by", "retryAfter", "resetAfter", "resetAt", "delay"];

    private readonly JsonElement _json;

    private Vector(JsonElement json) => _json = json;

    public string Id => _json.GetProperty("id").GetString()!;

    public JsonElement Config => _json.GetProperty("config");

    public IEnumerable<JsonElement> Steps => _json.GetProperty("steps").EnumerateArray();

    /// <summary>What the case is about: a limiter, or an operation such as <c>parse</c>.</summary>
    public string Subject => Config.TryGetProperty("op", out var op) ? op.GetString()!
        : Config.TryGetProperty("threads", out _) ? "threads"
        : "limiter";

    /// <summary>Whether the wall clock is set while the case runs.</summary>
    public bool StepsWall => Steps.Any(step => step.TryGetProperty("op", out var op) && op.GetString() == "stepWall");

    /// <summary>Every case, in the order of the file.</summary>
    public static IReadOnlyList<Vector> All { get; } = Load();

    /// <summary>Whether all times of the case are whole steps of so many ticks.</summary>
    public bool IsWhole(long granule) => Steps.All(step => Times.All(time =>
        !step.TryGetProperty(time, out var value) || value.ValueKind == JsonValueKind.Null || value.GetDecimal() * TimeSpan.TicksPerSecond % granule == 0));

    /// <summary>Reads one case.</summary>
    public static Vector Parse(string json) => new(JsonDocument.Parse(json).RootElement.Clone());

    public override string ToString() => $"{Id} {_json.GetProperty("title").GetString()}";

    private static List<Vector> Load()
    {
        using var stream = typeof(Vector).Assembly.GetManifestResourceStream("vectors.json")!;
        var root = JsonDocument.Parse(stream).RootElement.Clone();
        return [.. root.GetProperty("vectors").EnumerateArray().Select(json => new Vector(json))];
    }
}
