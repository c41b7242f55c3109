namespace SmartRateLimit.Benchmarks.Http;

/// <summary>What limits the server's one endpoint.</summary>
internal enum Limiting
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Ours, as it comes: five headers on each response.</summary>
    WithHeaders,

    /// <summary>Ours, with headers switched off.</summary>
    WithoutHeaders,

    /// <summary>ASP.NET Core's own middleware, which writes no headers.</summary>
    Platform,
}
