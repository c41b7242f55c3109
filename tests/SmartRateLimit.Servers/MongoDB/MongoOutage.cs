namespace SmartRateLimit.Servers.MongoDB;

/// <summary>What can happen to a server, or on the way to it.</summary>
public enum MongoOutage
{
    /// <summary>SIGKILL: connections are closed, and nobody listens.</summary>
    Killed,

    /// <summary>SIGSTOP: connections stay open, and nothing answers.</summary>
    Suspended,

    /// <summary>The proxy holds each reply back for half a second.</summary>
    Slowed,

    /// <summary>The proxy lets nothing pass, and connections stay open.</summary>
    BlackHoled,

    /// <summary>The proxy lets requests pass, which are carried out, and no reply.</summary>
    RepliesCut,
}
