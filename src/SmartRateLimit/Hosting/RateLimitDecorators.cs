using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace SmartRateLimit;

/// <summary>
/// The generated decorators of annotated interfaces. Generated code registers them when their module is initialized, so
/// that <c>AddRateLimited</c> needs no reflection.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RateLimitDecorators
{
    /// <summary>Registers the decorator of an interface. Registering it again replaces it.</summary>
    /// <typeparam name="TService">The interface.</typeparam>
    /// <param name="decorate">Wraps an instance; without a limiter the wrapper uses <see cref="SmartRateLimiter.Shared"/>.</param>
    public static void Add<TService>(Func<TService, IRateLimiter?, TService> decorate)
        where TService : class
    {
        ArgumentNullException.ThrowIfNull(decorate);
        Of<TService>.Decorate = decorate;
    }

    /// <summary>Finds the decorator of an interface.</summary>
    /// <typeparam name="TService">The interface.</typeparam>
    /// <returns>What wraps an instance, or <see langword="null"/> when nothing was generated for the interface.</returns>
    public static Func<TService, IRateLimiter?, TService>? Find<TService>()
        where TService : class
    {
        // An interface can be named without any code of its module having run.
        RuntimeHelpers.RunModuleConstructor(typeof(TService).Module.ModuleHandle);
        return Of<TService>.Decorate;
    }

    private static class Of<TService>
        where TService : class
    {
        public static Func<TService, IRateLimiter?, TService>? Decorate { get; set; }
    }
}
