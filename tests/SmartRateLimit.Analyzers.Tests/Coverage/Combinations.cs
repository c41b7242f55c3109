namespace SmartRateLimit.Analyzers.Tests.Coverage;

/// <summary>Every return type with every key, each in a namespace of its own.</summary>
internal static class Combinations
{
    private static readonly string[] Returns =
    [
        "void", "int", "string?", "System.Collections.Generic.IEnumerable<int>", "ref int", "int*",
        "System.Threading.Tasks.Task", "System.Threading.Tasks.Task<int>",
        "System.Threading.Tasks.ValueTask", "System.Threading.Tasks.ValueTask<int>",
        "System.Collections.Generic.IAsyncEnumerable<int>", "System.Runtime.CompilerServices.YieldAwaitable", "async void",
    ];

    private static readonly string[] Keys =
    [
        "Key = \"tenant\"", "Key = \"{tenant}:{count}\"", "Key = \"tenant|count\"", "Key = RateLimitKey.Global",
        "Key = \"nothing\"", "Key = \"{tenant\"", "Key = HttpKey.Ip", "Key = \"tenant\", Burst = -7", "Burst = 5",
    ];

    public static string Text(string methodKind) => string.Join(
        "\n",
        Returns.SelectMany(type => Keys.Select(key => (type, key))).Select((pair, index) =>
            $"namespace N{index} {{ {Fill(methodKind, pair.type, pair.key)} }}"));

    private static string Fill(string template, string type, string key)
    {
        var words = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["L"] = $"[RateLimited(\"100/m\", {key})]",
            ["R"] = type,
            ["P"] = "string tenant, int count",
            ["B"] = "{ throw null!; }",
        };
        return System.Text.RegularExpressions.Regex.Replace(template, @"\b[LRPB]\b", match => words[match.Value]);
    }
}
