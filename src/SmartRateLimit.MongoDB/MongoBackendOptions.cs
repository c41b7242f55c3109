using System.Reflection;
using MongoDB.Driver;

namespace SmartRateLimit.MongoDB;

/// <summary>Settings of a <see cref="MongoBackend"/>, read once.</summary>
public sealed class MongoBackendOptions : RemoteBackendOptions
{
    private string? _keyPrefix;

    /// <summary>Creates settings for a backend named <c>mongodb</c>.</summary>
    public MongoBackendOptions() => Name = "mongodb";

    /// <summary>The database, where none was handed in; <see langword="null"/> (default) means the one that the connection string names, and <c>smartratelimit</c> where it names none.</summary>
    public string? Database { get; set; }

    /// <summary>The collection, which belongs to limits alone. Default <c>ratelimits</c>. Not empty.</summary>
    public string Collection { get; set; } = "ratelimits";

    /// <summary>
    /// How durable a decision is before it counts. Default <see cref="WriteConcern.WMajority"/>: a failover forgets none that was
    /// answered. <see cref="WriteConcern.W1"/> answers sooner, and a failover can forget the last ones. Must be an acknowledged one.
    /// </summary>
    public WriteConcern WriteConcern { get; set; } = WriteConcern.WMajority;

    /// <summary>
    /// What the ids of this application's documents begin with, so that two applications in one collection never share a
    /// bucket. Default:
    /// <see cref="SmartRateLimitOptions.KeyPrefix"/>, or where that is empty <c>srl:</c> and the name of the program. Give programs that are to share their limits one prefix. Not empty.
    /// </summary>
    public string KeyPrefix
    {
        get => _keyPrefix ?? "srl:" + (Assembly.GetEntryAssembly()?.GetName().Name ?? "app");
        set => _keyPrefix = value;
    }

    /// <summary>Uses the prefix of all stores where none was set for this one.</summary>
    internal void Share(string prefix) => _keyPrefix ??= prefix.Length > 0 ? prefix : null;

    internal void Check()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(Collection);
        ArgumentNullException.ThrowIfNull(WriteConcern);
        if (!WriteConcern.IsAcknowledged)
        {
            throw new ArgumentException("A decision is the server's answer, so the write concern must be an acknowledged one, such as WriteConcern.W1.", nameof(WriteConcern));
        }
    }
}
