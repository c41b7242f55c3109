using StackExchange.Redis;

namespace SmartRateLimit.Redis.Connections;

/// <summary>Tells apart what the driver and the server say when they cannot decide.</summary>
internal static class RedisFault
{
    // Servers before 7 put a script's error behind a text of their own, after a hyphen.
    private static readonly string[] Outages =
    [
        "OOM", "READONLY", "LOADING", "MASTERDOWN", "CLUSTERDOWN", "TRYAGAIN", "MOVED", "ASK", "BUSY", "NOREPLICAS", "MISCONF", "UNKILLABLE",
    ];

    /// <summary>Whether an exception says that the store could not decide.</summary>
    public static bool Is(Exception error) =>
        error is RedisConnectionException or RedisServerException or RedisCommandException or TimeoutException or ObjectDisposedException;

    public static bool IsUnknownScript(RedisServerException error) => Says(error, "NOSCRIPT");

    /// <summary>Whether a slot is being moved and its keys are on two sides: nothing was done.</summary>
    public static bool IsSlotMoving(RedisServerException error) => Says(error, "TRYAGAIN");

    /// <summary>Whether the driver had no connection to send a call on.</summary>
    public static bool IsWithoutConnection(Exception error) =>
        error is RedisConnectionException { FailureType: ConnectionFailureType.UnableToResolvePhysicalConnection };

    /// <summary>Whether a failed attempt to connect ended because of its credentials.</summary>
    public static bool IsRefusal(Exception? error) => error switch
    {
        null => false,
        RedisConnectionException { FailureType: ConnectionFailureType.AuthenticationFailure } => true,
        _ => error.Message.Contains(nameof(ConnectionFailureType.AuthenticationFailure), StringComparison.Ordinal) || IsRefusal(error.InnerException),
    };

    /// <summary>What an exception means for the requests that were asked.</summary>
    /// <param name="error">The exception.</param>
    /// <param name="isRefused">Whether the server last refused this client's credentials.</param>
    public static RateLimitBackendException Describe(Exception error, bool isRefused) => error switch
    {
        RedisConnectionException { FailureType: ConnectionFailureType.AuthenticationFailure } => Refused(error),
        RedisConnectionException when isRefused => Refused(error),
        RedisConnectionException { FailureType: ConnectionFailureType.UnableToResolvePhysicalConnection or ConnectionFailureType.UnableToConnect } =>
            new(BackendFailure.Unavailable, "There is no connection to Redis.", error),
        RedisConnectionException => new(BackendFailure.OutcomeUnknown, "The connection to Redis broke before the reply.", error),
        RedisServerException server when Array.Exists(Outages, code => Says(server, code)) =>
            new(BackendFailure.Unavailable, $"Redis cannot decide now: {server.Message}", error),
        RedisServerException => new(BackendFailure.Misconfigured, $"Redis refuses: {error.Message}", error),
        RedisCommandException => new(BackendFailure.Misconfigured, $"The connection to Redis does not allow what limits need: {error.Message}", error),
        ObjectDisposedException => new(BackendFailure.Unavailable, "The connection to Redis was closed.", error),
        _ when isRefused => Refused(error),
        _ => new(BackendFailure.OutcomeUnknown, "Redis did not reply in time.", error),
    };

    /// <summary>What it means that no connection could be made yet.</summary>
    public static RateLimitBackendException NotConnected(Exception? error) =>
        IsRefusal(error) ? Refused(error) : new(BackendFailure.Unavailable, "There is no connection to Redis yet.", error);

    /// <summary>The server does not accept this client's credentials.</summary>
    public static RateLimitBackendException Refused(Exception? error) =>
        new(BackendFailure.Misconfigured, "Redis refuses this client: its password or its permissions are wrong.", error);

    private static bool Says(RedisServerException error, string code) =>
        error.Message.StartsWith(code, StringComparison.Ordinal) || error.Message.Contains("-" + code + " ", StringComparison.Ordinal);
}
