namespace SmartRateLimit.Simulation;

/// <summary>What must hold at the end of every course.</summary>
internal static class Rules
{
    public static IEnumerable<string> Broken(Scenario scenario, StoreServer[] servers, Node[] nodes, List<Answer> answers, TimeSpan well) =>
    [
        .. Surprised(nodes),
        .. Forgotten(nodes),
        .. Late(scenario, answers),
        .. Misdirected(scenario, answers),
        .. Unpaid(scenario, servers, answers),
        .. Above(scenario, servers),
        .. AboveAlone(scenario, nodes, answers),
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

    /// <summary>Nobody is told what another bucket's caller asked for.</summary>
    private static IEnumerable<string> Misdirected(Scenario scenario, List<Answer> answers) => answers
        .Where(answer => answer.Decision.Policy != scenario.PolicyOf(answer.Key))
        .Select(answer => $"{answer.Told}: node {answer.Node} asked \"{answer.Key}\" and was told of \"{answer.Decision.Policy?.Name}\".");

    /// <summary>Whoever was admitted by a store was charged there; and where nothing gets lost, nobody else was.</summary>
    private static IEnumerable<string> Unpaid(Scenario scenario, StoreServer[] servers, List<Answer> answers) =>
        from key in answers.Select(answer => answer.Key).Distinct()
        let admitted = answers.Where(answer => answer.Key == key && answer.Decision is { IsAllowed: true, IsDegraded: false }).Sum(answer => answer.Cost)
        let charged = servers.Sum(server => server.Entries.Where(entry => entry.Key == key).Sum(entry => entry.Permits))
        where scenario.IsCalm ? admitted != charged : admitted > charged
        select $"{admitted} permits of \"{key}\" were given out, but {charged} were charged ({scenario.Stores} stores).";

    /// <summary>Admitted by a store in a window: at most its bound, once more for each time its buckets filled at once.</summary>
    private static IEnumerable<string> Above(Scenario scenario, StoreServer[] servers) =>
        from server in servers
        from bucket in server.Entries.Where(entry => entry.Permits > 0).GroupBy(entry => entry.Key)
        from excess in Windows.Above(
            [.. bucket.Select(entry => (entry.At, entry.Permits))],
            scenario.Window,
            at => (scenario.Bound * (1 + Count(server.Mintings, at - scenario.Window, at))) + Refunded(server, bucket.Key, at - scenario.Window, at))
        select $"A store, \"{bucket.Key}\": {excess}";

    /// <summary>Admitted by a node alone while it is cut off: at most one limiter's bound.</summary>
    private static IEnumerable<string> AboveAlone(Scenario scenario, Node[] nodes, List<Answer> answers) =>
        from bucket in answers
            .Where(answer => answer.Decision is { IsAllowed: true, IsDegraded: true } && scenario.Stores == 1 && scenario.Policy.OnBackendFailure == FailureMode.Local)
            .GroupBy(answer => (answer.Node, answer.Key))
        from excess in Windows.Above(
            [.. bucket.Select(answer => (answer.Told, answer.Cost))],
            scenario.Window,
            at => scenario.Bound * (1 + Count(nodes[bucket.Key.Node].Resets, at - scenario.Window, at)))
        select $"Node {bucket.Key.Node} alone, \"{bucket.Key.Key}\": {excess}";

    /// <summary>What no store decided was decided as the policy says.</summary>
    private static IEnumerable<string> WrongMode(Scenario scenario, List<Answer> answers) => answers
        .Where(answer => answer.Decision.IsDegraded && scenario.Stores == 1 && !(scenario.Policy.OnBackendFailure switch
        {
            FailureMode.Open => answer.Decision.IsAllowed || answer.Cost == 0,
            FailureMode.Closed => answer.Decision.Reason == RateLimitReason.BackendUnavailable,
            _ => answer.Decision.Reason != RateLimitReason.BackendUnavailable || answer.Cost == 0,
        }))
        .Select(answer => $"{answer.Told}: node {answer.Node} was told {answer.Decision.Reason} under {scenario.Policy.OnBackendFailure}.");

    private static IEnumerable<string> StillIll(List<Answer> answers, TimeSpan well) => answers
        .Where(answer => answer.Asked >= well && answer.Decision.IsDegraded)
        .Select(answer => $"{answer.Told}: node {answer.Node} has not noticed that all is well again.");

    private static int Count(IReadOnlyList<TimeSpan> moments, TimeSpan from, TimeSpan to) => moments.Count(at => at > from && at <= to);

    private static long Refunded(StoreServer server, string key, TimeSpan from, TimeSpan to) =>
        -server.Entries.Where(entry => entry.Permits < 0 && entry.Key == key && entry.At > from && entry.At <= to).Sum(entry => entry.Permits);
}
