namespace SmartRateLimit;

/// <summary>Opts an endpoint out of every limit that would apply to it from outside: groups, controllers, default rates.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, Inherited = true)]
public sealed class DisableRateLimitAttribute : Attribute;
