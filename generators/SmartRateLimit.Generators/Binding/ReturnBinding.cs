using Microsoft.CodeAnalysis;

namespace SmartRateLimit.Binding;

/// <summary>A method's return type, seen as what a caller awaits or gets.</summary>
internal readonly struct ReturnBinding(ReturnShape shape, ITypeSymbol? result)
{
    public ReturnShape Shape { get; } = shape;

    /// <summary>The type inside the task or enumerable; <see langword="null"/> where there is none.</summary>
    public ITypeSymbol? Result { get; } = result;

    public bool IsAwaitable => Shape != ReturnShape.Synchronous;

    public static ReturnBinding Of(IMethodSymbol method)
    {
        if (method.RefKind != RefKind.None || method.ReturnType is not INamedTypeSymbol type)
        {
            return default;
        }

        var result = type.TypeArguments.Length == 1 ? type.TypeArguments[0] : null;
        var shape = type.OriginalDefinition switch
        {
            var t when t.Is("System.Threading.Tasks", "Task", 0) => ReturnShape.Task,
            var t when t.Is("System.Threading.Tasks", "Task", 1) => ReturnShape.TaskOfResult,
            var t when t.Is("System.Threading.Tasks", "ValueTask", 0) => ReturnShape.ValueTask,
            var t when t.Is("System.Threading.Tasks", "ValueTask", 1) => ReturnShape.ValueTaskOfResult,
            var t when t.Is("System.Collections.Generic", "IAsyncEnumerable", 1) => ReturnShape.AsyncEnumerable,
            var t when t.Is("System.Collections.Generic", "IAsyncEnumerator", 1) => ReturnShape.ForeignAwaitable,
            var t => IsAwaitableType(t) ? ReturnShape.ForeignAwaitable : ReturnShape.Synchronous,
        };
        return new ReturnBinding(shape, shape is ReturnShape.Synchronous or ReturnShape.ForeignAwaitable ? null : result);
    }

    private static bool IsAwaitableType(ITypeSymbol type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current.GetMembers("GetAwaiter").OfType<IMethodSymbol>().Any(m => !m.IsStatic && m.Parameters.IsEmpty))
            {
                return true;
            }
        }

        return false;
    }
}
