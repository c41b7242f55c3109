namespace SmartRateLimit.Simulation;

/// <summary>What must hold at the end of every course.</summary>
internal static class Rules
{
    public static IEnumerable<string> Broken(Scenario scenario, StoreServer[] servers, Node[] nodes, List<Answer> answers, TimeSpan well) =>
    [
        .. Surprised(nodes),
        .. Forgotten(nodes),
        .. Late(scenario, answers),
        .. Unpaid(scenario, servers, answers),
        .. Above(scenario, servers, nodes, answers),
        .. WrongMode(scenario, answers),
        .. StillIll(answers, well),
    ];

    private static IEnumerable<string> Surprised(Node[] nodes) =>
        nodes.Where(node => node.Unexpected is not null).Select(node => $"A caller got {node.Unexpected}");

    private static IEnumerable<string> Forgotten(Node[] nodes) =>
        nodes.Where(node => node.Waiting > 0).Select(node => $"{node.Waiting} callers still wait.");

    /// <summary>
    /// Waiting for a call that succeeds, and then for the own one, takes at most two budgets. Of two buckets in different
    /// slots the second comes after the first, and then what was taken is handed back.
    /// </summary>
    private static IEnumerable<string> Late(Scenario scenario, List<Answer> answers)
    {
        var calls = scenario.Slots > 1 && scenario.Keys > 1 ? 2 + 2 + 1 : 2;
        var longest = calls * scenario.Stores * new RemoteBackendOptions().Timeout;
        return answers.Where(answer => answer.Told - answer.Asked > longest)
            .Select(answer => $"{answer.Told}: node {answer.Node} waited {answer.Told - answer.Asked} for \"{answer.Key}\".");
    }

    /// <summary>Whoever was admitted by a store was charged there: nobody got another's decision.</summary>
    private static IEnumerable<string> Unpaid(Scenario scenario, StoreServer[] servers, List<Answer> answers) =>
        from key in answers.Select(answer => answer.Key).Distinct()
        let admitted = answers.Where(answer => answer.Key == key && answer.Decision is { IsAllowed: true, IsDegraded: false }).Sum(answer => answer.Cost)
        let charged = servers.Sum(server => server.Entries.Where(entry => entry.Key == key).Sum(entry => entry.Permits))
        where admitted > charged
        select $"{admitted} permits of \"{key}\" were given out, but {charged} were charged ({scenario.Stores} stores).";

    /// <summary>Admitted in a window: at most what each store and, while it is cut off, each node may admit.</summary>
    private static IEnumerable<string> Above(Scenario scenario, StoreServer[] servers, Node[] nodes, List<Answer> answers)
    {
        if (scenario.Policy.OnBackendFailure == FailureMode.Open)
        {
            return [];
        }

        // By a clock that runs fast, a window is over a little earlier.
        var period = scenario.Policy.Rates[0].Period * 0.999;
        var broken = new List<string>();
        for (var i = 0; i < servers.Length; i++)
        {
            var server = servers[i];
            var name = $"Store {i}";
            broken.AddRange(server.Entries.Where(entry => entry.Permits > 0).GroupBy(entry => entry.Key).SelectMany(bucket =>
                Windows.Above([.. bucket.Select(entry => (entry.At, entry.Permits))], period, at => scenario.Bound * (1 + Count(server.Mintings, at - period, at)) + Refunded(server, bucket.Key, at - period, at))
                    .Select(excess => $"{name}, \"{bucket.Key}\": {excess}")));
        }

        if (servers.Length == 1 && scenario.Policy.OnBackendFailure == FailureMode.Local)
        {
            for (var node = 0; node < nodes.Length; node++)
            {
                broken.AddRange(answers.Where(answer => answer.Node == node && answer.Decision is { IsAllowed: true, IsDegraded: true }).GroupBy(answer => answer.Key).SelectMany(bucket =>
                    Windows.Above([.. bucket.Select(answer => (answer.Told, answer.Cost))], period, at => scenario.Bound * (1 + Count(nodes[bucket.First().Node].Resets, at - period, at)))
                        .Select(excess => $"Node {node} alone, \"{bucket.Key}\": {excess}")));
            }
        }

        return broken;
    }

    private static IEnumerable<string> WrongMode(Scenario scenario, List<Answer> answers) => answers
        .Where(answer => answer.Decision.Reason == RateLimitReason.BackendUnavailable ? scenario.Policy.OnBackendFailure != FailureMode.Closed
            : answer.Decision.IsDegraded && scenario.Stores == 1 && answer.Cost > 0
                && scenario.Policy.OnBackendFailure == FailureMode.Closed)
        .Select(answer => $"{answer.Told}: node {answer.Node} was told {answer.Decision.Reason} under {scenario.Policy.OnBackendFailure}.");

    private static IEnumerable<string> StillIll(List<Answer> answers, TimeSpan well) => answers
        .Where(answer => answer.Asked >= well && answer.Decision.IsDegraded)
        .Select(answer => $"{answer.Told}: node {answer.Node} has not noticed that all is well again.");

    private static int Count(IReadOnlyList<TimeSpan> moments, TimeSpan from, TimeSpan to) => moments.Count(at => at > from && at <= to);

    private static long Refunded(StoreServer server, string key, TimeSpan from, TimeSpan to) =>
        -server.Entries.Where(entry => entry.Permits < 0 && entry.Key == key && entry.At > from && entry.At <= to).Sum(entry => entry.Permits);
}
