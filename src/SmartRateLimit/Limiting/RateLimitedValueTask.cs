using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace SmartRateLimit;

/// <summary>What generated code returns from methods of value tasks that are not admitted at once.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RateLimitedValueTask
{
    /// <summary>The task of a method that failed; a cancelled one where the exception says so.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <returns>The task.</returns>
    public static ValueTask Faulted(Exception exception)
    {
        var builder = AsyncValueTaskMethodBuilder.Create();
        builder.SetException(exception);
        return builder.Task;
    }

    /// <summary>Calls a method when a decision admits it; the task fails with <see cref="RateLimitExceededException"/> where it does not.</summary>
    /// <param name="decision">The decision, as <see cref="RateLimitedCall.TryAdmit"/> gave it.</param>
    /// <param name="call">The method.</param>
    /// <returns>The task.</returns>
    public static ValueTask WhenAdmitted(ValueTask<RateLimitDecision> decision, Func<ValueTask> call) =>
        RateLimitedCall.IsRejected(decision)
            ? ValueTask.FromException(new RateLimitExceededException(decision.Result))
            : Later(decision, call, static later => later());

    /// <inheritdoc cref="WhenAdmitted(ValueTask{RateLimitDecision}, Func{ValueTask})"/>
    public static ValueTask WhenAdmitted<T>(ValueTask<RateLimitDecision> decision, Func<T, ValueTask> call, T argument) =>
        RateLimitedCall.IsRejected(decision)
            ? ValueTask.FromException(new RateLimitExceededException(decision.Result))
            : Later(decision, (call, argument), static later => later.call(later.argument));

    /// <inheritdoc cref="WhenAdmitted(ValueTask{RateLimitDecision}, Func{ValueTask})"/>
    public static ValueTask WhenAdmitted<T1, T2>(ValueTask<RateLimitDecision> decision, Func<T1, T2, ValueTask> call, T1 first, T2 second) =>
        RateLimitedCall.IsRejected(decision)
            ? ValueTask.FromException(new RateLimitExceededException(decision.Result))
            : Later(decision, (call, first, second), static later => later.call(later.first, later.second));

    /// <inheritdoc cref="WhenAdmitted(ValueTask{RateLimitDecision}, Func{ValueTask})"/>
    public static ValueTask WhenAdmitted<T1, T2, T3>(ValueTask<RateLimitDecision> decision, Func<T1, T2, T3, ValueTask> call, T1 first, T2 second, T3 third) =>
        RateLimitedCall.IsRejected(decision)
            ? ValueTask.FromException(new RateLimitExceededException(decision.Result))
            : Later(decision, (call, first, second, third), static later => later.call(later.first, later.second, later.third));

    /// <inheritdoc cref="WhenAdmitted(ValueTask{RateLimitDecision}, Func{ValueTask})"/>
    public static ValueTask WhenAdmitted<T1, T2, T3, T4>(ValueTask<RateLimitDecision> decision, Func<T1, T2, T3, T4, ValueTask> call, T1 first, T2 second, T3 third, T4 fourth) =>
        RateLimitedCall.IsRejected(decision)
            ? ValueTask.FromException(new RateLimitExceededException(decision.Result))
            : Later(decision, (call, first, second, third, fourth), static later => later.call(later.first, later.second, later.third, later.fourth));

    /// <inheritdoc cref="WhenAdmitted(ValueTask{RateLimitDecision}, Func{ValueTask})"/>
    public static ValueTask WhenAdmitted<T1, T2, T3, T4, T5>(ValueTask<RateLimitDecision> decision, Func<T1, T2, T3, T4, T5, ValueTask> call, T1 first, T2 second, T3 third, T4 fourth, T5 fifth) =>
        RateLimitedCall.IsRejected(decision)
            ? ValueTask.FromException(new RateLimitExceededException(decision.Result))
            : Later(decision, (call, first, second, third, fourth, fifth), static later => later.call(later.first, later.second, later.third, later.fourth, later.fifth));

    /// <inheritdoc cref="WhenAdmitted(ValueTask{RateLimitDecision}, Func{ValueTask})"/>
    public static ValueTask WhenAdmitted<T1, T2, T3, T4, T5, T6>(ValueTask<RateLimitDecision> decision, Func<T1, T2, T3, T4, T5, T6, ValueTask> call, T1 first, T2 second, T3 third, T4 fourth, T5 fifth, T6 sixth) =>
        RateLimitedCall.IsRejected(decision)
            ? ValueTask.FromException(new RateLimitExceededException(decision.Result))
            : Later(decision, (call, first, second, third, fourth, fifth, sixth), static later => later.call(later.first, later.second, later.third, later.fourth, later.fifth, later.sixth));

    private static async ValueTask Later<TState>(ValueTask<RateLimitDecision> decision, TState state, Func<TState, ValueTask> call)
    {
        // The author's method runs where the caller waits.
        RateLimitedCall.ThrowIfRejected(await decision.ConfigureAwait(true));
        await call(state).ConfigureAwait(false);
    }
}
