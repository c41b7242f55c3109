using System.Globalization;
using SmartRateLimit.Servers.Processes;

namespace SmartRateLimit.Servers.Redis;

/// <summary>A cluster of three masters, each with one replica.</summary>
public sealed class RedisCluster : IDisposable
{
    /// <summary>How many nodes share the slots.</summary>
    public const int Masters = 3;

    private static readonly TimeSpan FormLimit = TimeSpan.FromSeconds(30);

    private readonly List<RedisServer> _nodes;

    private RedisCluster(List<RedisServer> nodes) => _nodes = nodes;

    /// <summary>Every node, masters and replicas.</summary>
    public IReadOnlyList<RedisServer> Nodes => _nodes;

    /// <summary>What a client needs to connect.</summary>
    public string ConnectionString => string.Join(',', _nodes.Select(node => node.EndPoint));

    /// <summary>Starts the nodes and waits until all slots are served.</summary>
    /// <param name="patience">How long a node may be silent before another takes over; 2 s when not given, for tests that wait for that.</param>
    public static async Task<RedisCluster> StartAsync(TimeSpan? patience = null)
    {
        var timeout = (patience ?? TimeSpan.FromSeconds(2)).TotalMilliseconds.ToString(CultureInfo.InvariantCulture);
        var options = new RedisServerOptions
        {
            Settings = new Dictionary<string, string>
            {
                ["cluster-enabled"] = "yes",
                ["cluster-config-file"] = "nodes.conf",
                ["cluster-node-timeout"] = timeout,
                ["cluster-replica-validity-factor"] = "0",
            },
        };

        var cluster = new RedisCluster([.. await Task.WhenAll(Enumerable.Range(0, 2 * Masters).Select(_ => RedisServer.StartAsync(options)))]);
        try
        {
            await Programs.RunAsync(
                Programs.Find("redis-cli", "redis-tools"),
                ["--cluster", "create", .. cluster._nodes.Select(node => node.EndPoint), "--cluster-replicas", "1", "--cluster-yes"]);
            await Eventually.HoldsAsync(cluster.IsWholeAsync, FormLimit, "the cluster serves all slots with its replicas in step");
            return cluster;
        }
        catch
        {
            cluster.Dispose();
            throw;
        }
    }

    /// <summary>The running node that serves a key's slot.</summary>
    public async Task<RedisServer> MasterOfAsync(string key)
    {
        var slot = int.Parse((await Running().SendAsync("CLUSTER", "KEYSLOT", key))!, CultureInfo.InvariantCulture);
        foreach (var line in (await Running().SendAsync("CLUSTER", "NODES"))!.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var fields = line.Split(' ');
            if (fields[2].Contains("master", StringComparison.Ordinal) && fields.Skip(8).Any(range => Holds(range, slot)))
            {
                return Node(fields[1]);
            }
        }

        throw new InvalidOperationException($"No node serves slot {slot}.");
    }

    /// <summary>Has a replica take over from the node that serves a key, which agrees to it, and waits until it has.</summary>
    public async Task HandOverAsync(string key)
    {
        var master = await MasterOfAsync(key);
        var id = (await master.SendAsync("CLUSTER", "MYID"))!;
        var replica = string.Empty;
        await Eventually.HoldsAsync(
            async () => (replica = (await master.SendAsync("CLUSTER", "REPLICAS", id))!).Length > 0,
            FormLimit,
            "the master knows its replica");
        await Node(replica.Split(' ')[1]).SendAsync("CLUSTER", "FAILOVER");
        await Eventually.HoldsAsync(async () => await MasterOfAsync(key) != master, FormLimit, "the replica is the master");
    }

    /// <summary>Moves slots from the node that serves a key to another master, while both go on serving.</summary>
    public async Task ReshardAwayFromAsync(string key, int slots)
    {
        // News of the slots that moved last spread by gossip, and nothing moves before every node has heard.
        await Eventually.HoldsAsync(IsAgreedAsync, FormLimit, "the nodes agree who serves which slots");
        var from = await MasterOfAsync(key);
        var others = new List<RedisServer>();
        foreach (var node in _nodes.Where(node => node.IsRunning && node != from))
        {
            if ((await node.SendAsync("ROLE"))!.StartsWith("master", StringComparison.Ordinal))
            {
                others.Add(node);
            }
        }

        await Programs.RunAsync(
            Programs.Find("redis-cli", "redis-tools"),
            "--cluster",
            "reshard",
            from.EndPoint,
            "--cluster-from",
            (await from.SendAsync("CLUSTER", "MYID"))!,
            "--cluster-to",
            (await others[0].SendAsync("CLUSTER", "MYID"))!,
            "--cluster-slots",
            slots.ToString(CultureInfo.InvariantCulture),
            "--cluster-yes");
    }

    /// <inheritdoc/>
    public void Dispose() => _nodes.ForEach(node => node.Dispose());

    private static bool Holds(string range, int slot)
    {
        if (range.StartsWith('['))
        {
            return false;
        }

        var ends = range.Split('-').Select(end => int.Parse(end, CultureInfo.InvariantCulture)).ToList();
        return slot >= ends[0] && slot <= ends[^1];
    }

    private RedisServer Node(string address) => _nodes.Single(node => address.StartsWith(node.EndPoint + "@", StringComparison.Ordinal));

    private RedisServer Running() => _nodes.First(node => node.IsRunning);

    private async Task<bool> IsAgreedAsync()
    {
        var views = new HashSet<string>();
        foreach (var node in _nodes.Where(node => node.IsRunning))
        {
            var lines = (await node.SendAsync("CLUSTER", "NODES"))!.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' '));
            views.Add(string.Join(';', lines.Where(fields => fields.Length > 8).Select(fields => $"{fields[0]} {string.Join(' ', fields[8..])}").Order(StringComparer.Ordinal)));
        }

        return views.Count == 1;
    }

    private async Task<bool> IsWholeAsync()
    {
        foreach (var node in _nodes)
        {
            var info = await node.SendAsync("CLUSTER", "INFO");
            var replication = await node.SendAsync("INFO", "replication");
            if (!info!.Contains("cluster_state:ok", StringComparison.Ordinal)
                || replication!.Contains("master_link_status:down", StringComparison.Ordinal)
                || replication.Contains("role:master\r\nconnected_slaves:0", StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }
}
