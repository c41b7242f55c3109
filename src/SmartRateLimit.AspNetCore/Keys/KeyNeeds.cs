namespace SmartRateLimit.AspNetCore.Keys;

/// <summary>What a key asks of the application, so that its absence is said at start and not by a shared bucket.</summary>
[Flags]
internal enum KeyNeeds
{
    None = 0,

    /// <summary>A client address that can be believed.</summary>
    Address = 1,

    /// <summary>Authentication before the limiter.</summary>
    User = 2,

    /// <summary>The session middleware before the limiter.</summary>
    Session = 4,

    /// <summary>A source of the tenant in the options.</summary>
    Tenant = 8,

    /// <summary>A source of the API key in the options.</summary>
    ApiKey = 16,
}
