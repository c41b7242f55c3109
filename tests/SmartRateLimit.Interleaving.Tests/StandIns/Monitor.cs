using System.Runtime.CompilerServices;
using SmartRateLimit.Interleaving;

namespace System.Threading;

/// <summary>
/// What <c>lock</c> stands for. Whoever cannot have a lock lets the others go on. There is no place after the release of one:
/// what is told of a change that was made under a lock is told in the order of the changes.
/// </summary>
internal static class Monitor
{
    private static readonly ConditionalWeakTable<object, Lock> Locks = [];

    public static void Enter(object target)
    {
        var taken = Of(target);
        Schedule.Point();
        if (!Schedule.IsControlled)
        {
            taken.Enter();
        }
        else
        {
            while (!taken.TryEnter())
            {
                Schedule.Wait();
            }
        }
    }

    public static void Enter(object target, ref bool isTaken)
    {
        Enter(target);
        isTaken = true;
    }

    public static bool TryEnter(object target)
    {
        Schedule.Point();
        return Of(target).TryEnter();
    }

    public static void Exit(object target) => Of(target).Exit();

    private static Lock Of(object target) => Locks.GetValue(target, static _ => new Lock());
}
