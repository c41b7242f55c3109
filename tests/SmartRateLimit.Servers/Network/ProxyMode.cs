namespace SmartRateLimit.Servers.Network;

/// <summary>What a <see cref="FaultProxy"/> does with the bytes that reach it.</summary>
public enum ProxyMode
{
    /// <summary>Everything passes.</summary>
    Pass,

    /// <summary>Nothing passes in either direction until the mode changes; connections stay open and new ones are accepted.</summary>
    BlackHole,

    /// <summary>Requests are held back, replies pass.</summary>
    CutRequests,

    /// <summary>Requests pass and are carried out, replies are held back.</summary>
    CutReplies,
}
