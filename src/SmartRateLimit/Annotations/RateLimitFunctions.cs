using System.Collections.Concurrent;
using System.ComponentModel;
using System.Globalization;
using SmartRateLimit.Keys;

namespace SmartRateLimit;

/// <summary>
/// The key, cost, skip and fallback functions that annotated endpoints name, as delegates. Generated code registers them
/// when their module is initialized, so that nobody has to look for a method by its name at run time.
/// </summary>
/// <remarks>
/// The name is the text of the attribute or of the key's hole. The object that a function takes is the
/// <c>HttpContext</c>, of which the core knows nothing. Registering a name again replaces its function.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RateLimitFunctions
{
    private static readonly ConcurrentDictionary<(Type, string), Func<object, string?>> Keys = new();
    private static readonly ConcurrentDictionary<(Type, string), Func<object, long>> Costs = new();
    private static readonly ConcurrentDictionary<(Type, string), Func<object, bool>> Skips = new();
    private static readonly ConcurrentDictionary<(Type, string), Func<object, RateLimitDecision, object?>> Rejections = new();

    /// <summary>Registers a part of a key.</summary>
    /// <param name="declaringType">The type in which the name was looked up: that of the handler, the key type, or a base.</param>
    /// <param name="name">The name.</param>
    /// <param name="function">Gives the part; <see langword="null"/> and empty fall to the next alternative.</param>
    public static void AddKey(Type declaringType, string name, Func<object, string?> function) => Add(Keys, declaringType, name, function);

    /// <summary>Registers what a call costs.</summary>
    /// <param name="declaringType">The type in which the name was looked up.</param>
    /// <param name="name">The name.</param>
    /// <param name="function">Gives the cost, at least 0.</param>
    public static void AddCost(Type declaringType, string name, Func<object, long> function) => Add(Costs, declaringType, name, function);

    /// <summary>Registers a condition under which a call is not counted.</summary>
    /// <param name="declaringType">The type in which the name was looked up.</param>
    /// <param name="name">The name.</param>
    /// <param name="function">Whether the call is skipped.</param>
    public static void AddSkip(Type declaringType, string name, Func<object, bool> function) => Add(Skips, declaringType, name, function);

    /// <summary>Registers what is answered in place of a rejected call.</summary>
    /// <param name="declaringType">The type in which the name was looked up.</param>
    /// <param name="name">The name.</param>
    /// <param name="function">Gives the result, or a task of one.</param>
    public static void AddRejection(Type declaringType, string name, Func<object, RateLimitDecision, object?> function) => Add(Rejections, declaringType, name, function);

    /// <summary>Finds a part of a key.</summary>
    /// <param name="declaringType">The type under which it was registered.</param>
    /// <param name="name">The name.</param>
    /// <returns>The function, or <see langword="null"/> when there is none.</returns>
    public static Func<object, string?>? FindKey(Type declaringType, string name) => Keys.GetValueOrDefault((declaringType, name));

    /// <summary>Finds what a call costs.</summary>
    /// <param name="declaringType">The type under which it was registered.</param>
    /// <param name="name">The name.</param>
    /// <returns>The function, or <see langword="null"/> when there is none.</returns>
    public static Func<object, long>? FindCost(Type declaringType, string name) => Costs.GetValueOrDefault((declaringType, name));

    /// <summary>Finds a condition under which a call is not counted.</summary>
    /// <param name="declaringType">The type under which it was registered.</param>
    /// <param name="name">The name.</param>
    /// <returns>The function, or <see langword="null"/> when there is none.</returns>
    public static Func<object, bool>? FindSkip(Type declaringType, string name) => Skips.GetValueOrDefault((declaringType, name));

    /// <summary>Finds what is answered in place of a rejected call.</summary>
    /// <param name="declaringType">The type under which it was registered.</param>
    /// <param name="name">The name.</param>
    /// <returns>The function, or <see langword="null"/> when there is none.</returns>
    public static Func<object, RateLimitDecision, object?>? FindRejection(Type declaringType, string name) => Rejections.GetValueOrDefault((declaringType, name));

    /// <summary>Writes a key function's result as <see cref="RateLimitKeyBuilder"/> would: invariantly and without loss.</summary>
    /// <typeparam name="T">The result's type.</typeparam>
    /// <param name="value">The result.</param>
    /// <returns>The text, or <see langword="null"/> for <see langword="null"/>.</returns>
    public static string? Text<T>(T value) => value is IFormattable formattable
        ? formattable.ToString(KeyFormats.Of<T>(), CultureInfo.InvariantCulture)
        : value?.ToString();

    /// <summary>Writes a key function's result as <see cref="RateLimitKeyBuilder"/> would: invariantly and without loss.</summary>
    /// <typeparam name="T">The result's type.</typeparam>
    /// <param name="value">The result, or <see langword="null"/>.</param>
    /// <returns>The text, or <see langword="null"/> for <see langword="null"/>.</returns>
    public static string? Text<T>(T? value)
        where T : struct => value is { } some ? Text(some) : null;

    /// <summary>Turns a fallback's task into one of an object, whatever its result.</summary>
    /// <typeparam name="T">The result's type.</typeparam>
    /// <param name="task">The task.</param>
    /// <returns>The task of the same result.</returns>
    public static async Task<object?> Answer<T>(Task<T> task)
    {
        ArgumentNullException.ThrowIfNull(task);
        return await task.ConfigureAwait(false);
    }

    private static void Add<T>(ConcurrentDictionary<(Type, string), T> functions, Type declaringType, string name, T function)
        where T : Delegate
    {
        ArgumentNullException.ThrowIfNull(declaringType);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(function);
        functions[(declaringType, name)] = function;
    }
}
