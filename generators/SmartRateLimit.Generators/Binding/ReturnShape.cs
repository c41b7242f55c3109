namespace SmartRateLimit.Binding;

/// <summary>How a method hands back its result, and so how it is told that it was rejected.</summary>
internal enum ReturnShape
{
    /// <summary>At once, or nothing at all: a rejection is thrown.</summary>
    Synchronous,
    Task,
    TaskOfResult,
    ValueTask,
    ValueTaskOfResult,
    AsyncEnumerable,

    /// <summary>An awaitable that only its own library can build.</summary>
    ForeignAwaitable,
}
