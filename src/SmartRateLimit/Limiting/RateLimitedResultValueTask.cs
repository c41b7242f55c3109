using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace SmartRateLimit;

/// <summary>What generated code returns from methods of value tasks of results that are not admitted at once.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RateLimitedResultValueTask
{
    /// <summary>The task of a method that failed; a cancelled one where the exception says so.</summary>
    /// <typeparam name="TResult">The type of the result.</typeparam>
    /// <param name="exception">What was thrown.</param>
    /// <returns>The task.</returns>
    public static ValueTask<TResult> Faulted<TResult>(Exception exception)
    {
        var builder = AsyncValueTaskMethodBuilder<TResult>.Create();
        builder.SetException(exception);
        return builder.Task;
    }

    /// <summary>Calls a method when a decision admits it; the task fails with <see cref="RateLimitExceededException"/> where it does not.</summary>
    /// <typeparam name="TResult">The type of the result.</typeparam>
    /// <param name="decision">The decision, as <see cref="RateLimitedCall.TryAdmit"/> gave it.</param>
    /// <param name="call">The method.</param>
    /// <returns>The task.</returns>
    public static ValueTask<TResult> WhenAdmitted<TResult>(ValueTask<RateLimitDecision> decision, Func<ValueTask<TResult>> call) =>
        RateLimitedCall.IsRejected(decision)
            ? ValueTask.FromException<TResult>(new RateLimitExceededException(decision.Result))
            : Later(decision, call, static later => later());

    /// <inheritdoc cref="WhenAdmitted{TResult}(ValueTask{RateLimitDecision}, Func{ValueTask{TResult}})"/>
    public static ValueTask<TResult> WhenAdmitted<T, TResult>(ValueTask<RateLimitDecision> decision, Func<T, ValueTask<TResult>> call, T argument) =>
        RateLimitedCall.IsRejected(decision)
            ? ValueTask.FromException<TResult>(new RateLimitExceededException(decision.Result))
            : Later(decision, (call, argument), static later => later.call(later.argument));

    /// <inheritdoc cref="WhenAdmitted{TResult}(ValueTask{RateLimitDecision}, Func{ValueTask{TResult}})"/>
    public static ValueTask<TResult> WhenAdmitted<T1, T2, TResult>(ValueTask<RateLimitDecision> decision, Func<T1, T2, ValueTask<TResult>> call, T1 first, T2 second) =>
        RateLimitedCall.IsRejected(decision)
            ? ValueTask.FromException<TResult>(new RateLimitExceededException(decision.Result))
            : Later(decision, (call, first, second), static later => later.call(later.first, later.second));

    /// <inheritdoc cref="WhenAdmitted{TResult}(ValueTask{RateLimitDecision}, Func{ValueTask{TResult}})"/>
    public static ValueTask<TResult> WhenAdmitted<T1, T2, T3, TResult>(ValueTask<RateLimitDecision> decision, Func<T1, T2, T3, ValueTask<TResult>> call, T1 first, T2 second, T3 third) =>
        RateLimitedCall.IsRejected(decision)
            ? ValueTask.FromException<TResult>(new RateLimitExceededException(decision.Result))
            : Later(decision, (call, first, second, third), static later => later.call(later.first, later.second, later.third));

    /// <inheritdoc cref="WhenAdmitted{TResult}(ValueTask{RateLimitDecision}, Func{ValueTask{TResult}})"/>
    public static ValueTask<TResult> WhenAdmitted<T1, T2, T3, T4, TResult>(ValueTask<RateLimitDecision> decision, Func<T1, T2, T3, T4, ValueTask<TResult>> call, T1 first, T2 second, T3 third, T4 fourth) =>
        RateLimitedCall.IsRejected(decision)
            ? ValueTask.FromException<TResult>(new RateLimitExceededException(decision.Result))
            : Later(decision, (call, first, second, third, fourth), static later => later.call(later.first, later.second, later.third, later.fourth));

    /// <inheritdoc cref="WhenAdmitted{TResult}(ValueTask{RateLimitDecision}, Func{ValueTask{TResult}})"/>
    public static ValueTask<TResult> WhenAdmitted<T1, T2, T3, T4, T5, TResult>(ValueTask<RateLimitDecision> decision, Func<T1, T2, T3, T4, T5, ValueTask<TResult>> call, T1 first, T2 second, T3 third, T4 fourth, T5 fifth) =>
        RateLimitedCall.IsRejected(decision)
            ? ValueTask.FromException<TResult>(new RateLimitExceededException(decision.Result))
            : Later(decision, (call, first, second, third, fourth, fifth), static later => later.call(later.first, later.second, later.third, later.fourth, later.fifth));

    /// <inheritdoc cref="WhenAdmitted{TResult}(ValueTask{RateLimitDecision}, Func{ValueTask{TResult}})"/>
    public static ValueTask<TResult> WhenAdmitted<T1, T2, T3, T4, T5, T6, TResult>(ValueTask<RateLimitDecision> decision, Func<T1, T2, T3, T4, T5, T6, ValueTask<TResult>> call, T1 first, T2 second, T3 third, T4 fourth, T5 fifth, T6 sixth) =>
        RateLimitedCall.IsRejected(decision)
            ? ValueTask.FromException<TResult>(new RateLimitExceededException(decision.Result))
            : Later(decision, (call, first, second, third, fourth, fifth, sixth), static later => later.call(later.first, later.second, later.third, later.fourth, later.fifth, later.sixth));

    private static async ValueTask<TResult> Later<TState, TResult>(ValueTask<RateLimitDecision> decision, TState state, Func<TState, ValueTask<TResult>> call)
    {
        // The author's method runs where the caller waits.
        RateLimitedCall.ThrowIfRejected(await decision.ConfigureAwait(true));
        return await call(state).ConfigureAwait(false);
    }
}
