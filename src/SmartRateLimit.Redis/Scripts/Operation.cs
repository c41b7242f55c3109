namespace SmartRateLimit.Redis.Scripts;

/// <summary>What the script does with a bucket.</summary>
internal enum Operation
{
    /// <summary>Decides at once.</summary>
    Take,

    /// <summary>Decides, and may take a permit that comes within the longest wait.</summary>
    Reserve,

    /// <summary>Tells what a request of cost 1 would be told.</summary>
    Peek,

    /// <summary>Hands permits back.</summary>
    Refund,
}
