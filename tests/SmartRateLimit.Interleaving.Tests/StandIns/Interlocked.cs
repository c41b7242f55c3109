using SmartRateLimit.Interleaving;
using Real = System.Threading.Interlocked;

namespace SmartRateLimit;

/// <summary>The framework's, with a place before and after where another may come in between.</summary>
internal static class Interlocked
{
    public static int Increment(ref int location)
    {
        Schedule.Point();
        var result = Real.Increment(ref location);
        Schedule.Point();
        return result;
    }

    public static uint Increment(ref uint location)
    {
        Schedule.Point();
        var result = Real.Increment(ref location);
        Schedule.Point();
        return result;
    }

    public static long Increment(ref long location)
    {
        Schedule.Point();
        var result = Real.Increment(ref location);
        Schedule.Point();
        return result;
    }

    public static int Decrement(ref int location)
    {
        Schedule.Point();
        var result = Real.Decrement(ref location);
        Schedule.Point();
        return result;
    }

    public static int Add(ref int location, int value)
    {
        Schedule.Point();
        var result = Real.Add(ref location, value);
        Schedule.Point();
        return result;
    }

    public static long Add(ref long location, long value)
    {
        Schedule.Point();
        var result = Real.Add(ref location, value);
        Schedule.Point();
        return result;
    }

    public static long Read(ref long location)
    {
        Schedule.Point();
        var result = Real.Read(ref location);
        Schedule.Point();
        return result;
    }

    public static T Exchange<T>(ref T location, T value)
    {
        Schedule.Point();
        var result = Real.Exchange(ref location, value);
        Schedule.Point();
        return result;
    }

    public static T CompareExchange<T>(ref T location, T value, T comparand)
    {
        Schedule.Point();
        var result = Real.CompareExchange(ref location, value, comparand);
        Schedule.Point();
        return result;
    }

    public static void MemoryBarrier()
    {
        Schedule.Point();
        Real.MemoryBarrier();
    }
}
