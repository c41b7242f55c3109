namespace SmartRateLimit.Servers.Redis;

/// <summary>What can happen to a server, or on the way to it.</summary>
public enum Outage
{
    /// <summary>SIGKILL: connections are closed, and nobody listens.</summary>
    Killed,

    /// <summary>SIGSTOP: connections stay open, and nothing answers.</summary>
    Suspended,

    /// <summary><c>CLIENT PAUSE … WRITE</c>: pings are answered, scripts are not.</summary>
    Paused,

    /// <summary>The proxy holds each reply back for half a second.</summary>
    Slowed,

    /// <summary>The proxy lets nothing pass, and connections stay open.</summary>
    BlackHoled,

    /// <summary>The proxy lets requests pass, which are carried out, and no reply.</summary>
    RepliesCut,
}
