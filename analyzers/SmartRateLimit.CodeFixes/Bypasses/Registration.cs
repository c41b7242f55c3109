namespace SmartRateLimit.CodeFixes;

/// <summary>What the name of a method says that it registers.</summary>
/// <param name="lifetime">The lifetime.</param>
/// <param name="isKeyed">Whether the service has a key.</param>
internal sealed class Registration(string lifetime, bool isKeyed)
{
    public string Lifetime { get; } = lifetime;

    public bool IsKeyed { get; } = isKeyed;

    /// <returns><see langword="null"/> for methods that do more than to register, such as those of typed clients.</returns>
    public static Registration? Of(string method) => method switch
    {
        "AddSingleton" => new Registration("Singleton", isKeyed: false),
        "AddScoped" => new Registration("Scoped", isKeyed: false),
        "AddTransient" => new Registration("Transient", isKeyed: false),
        "AddKeyedSingleton" => new Registration("Singleton", isKeyed: true),
        "AddKeyedScoped" => new Registration("Scoped", isKeyed: true),
        "AddKeyedTransient" => new Registration("Transient", isKeyed: true),
        _ => null,
    };
}
