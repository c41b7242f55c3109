using System.Reflection;
using System.Runtime.CompilerServices;

namespace SmartRateLimit.AspNetCore.Endpoints;

/// <summary>
/// The types in which an endpoint's names are looked up: the key type, the type that declares the handler, their bases,
/// and the types around them, because the compiler nests what it makes of a lambda.
/// </summary>
internal sealed class FunctionScope
{
    private readonly List<Type> _types = [];
    private readonly MethodInfo? _handler;

    /// <param name="handler">The method behind the endpoint, whose arguments a name may mistake for functions.</param>
    /// <param name="types">Where names are looked up, the nearest first.</param>
    public FunctionScope(MethodInfo? handler, params ReadOnlySpan<Type?> types)
    {
        _handler = handler;
        foreach (var type in types)
        {
            for (var outer = type; outer is not null; outer = outer.DeclaringType)
            {
                for (var current = outer; current is not null && current != typeof(object); current = current.BaseType)
                {
                    Add(current);
                }
            }
        }
    }

    /// <summary>The type in which names are looked up first.</summary>
    public Type? Nearest => _types.FirstOrDefault();

    public Func<object, string?> Key(string name) => Find(name, "key", RateLimitFunctions.FindKey);

    public Func<object, long> Cost(string name) => Find(name, "cost", RateLimitFunctions.FindCost);

    public Func<object, bool> Skip(string name) => Find(name, "skip", RateLimitFunctions.FindSkip);

    public Func<object, RateLimitDecision, object?> Rejection(string name) => Find(name, "fallback", RateLimitFunctions.FindRejection);

    private void Add(Type type)
    {
        var declaring = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        if (!_types.Contains(declaring))
        {
            _types.Add(declaring);

            // A class library's registrations run when its module is initialized, and nothing of it may have run yet.
            RuntimeHelpers.RunModuleConstructor(declaring.Module.ModuleHandle);
        }
    }

    private T Find<T>(string name, string use, Func<Type, string, T?> find)
        where T : Delegate
    {
        foreach (var type in _types)
        {
            if (find(type, name) is { } function)
            {
                return function;
            }
        }

        if (_handler?.GetParameters().Any(parameter => parameter.Name == name) is true)
        {
            throw new FormatException(
                $"\"{name}\" is a parameter of the handler, and an endpoint is limited before its arguments are bound. Make the handler partial, or use a source such as route:{name}.");
        }

        var searched = _types.Count == 0 ? "no type: the endpoint does not say which type declares its handler, so set KeyType" : string.Join(", ", _types.Select(Name));
        throw new FormatException(
            $"\"{name}\" names no {use} function. It must be a static method that takes HttpContext or nothing, in a project that the SmartRateLimit generator compiles. Searched: {searched}.");
    }

    private static string Name(Type type) => type.GetTypeInfo().FullName ?? type.Name;
}
