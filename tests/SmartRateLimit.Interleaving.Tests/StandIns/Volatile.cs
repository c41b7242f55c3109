using SmartRateLimit.Interleaving;
using Real = System.Threading.Volatile;

namespace SmartRateLimit;

/// <summary>The framework's, with a place before and after where another may come in between.</summary>
internal static class Volatile
{
    public static bool Read(ref readonly bool location)
    {
        Schedule.Point();
        var result = Real.Read(in location);
        Schedule.Point();
        return result;
    }

    public static int Read(ref readonly int location)
    {
        Schedule.Point();
        var result = Real.Read(in location);
        Schedule.Point();
        return result;
    }

    public static uint Read(ref readonly uint location)
    {
        Schedule.Point();
        var result = Real.Read(in location);
        Schedule.Point();
        return result;
    }

    public static long Read(ref readonly long location)
    {
        Schedule.Point();
        var result = Real.Read(in location);
        Schedule.Point();
        return result;
    }

    public static ulong Read(ref readonly ulong location)
    {
        Schedule.Point();
        var result = Real.Read(in location);
        Schedule.Point();
        return result;
    }

    public static T Read<T>(ref readonly T location)
        where T : class?
    {
        Schedule.Point();
        var result = Real.Read(in location);
        Schedule.Point();
        return result;
    }

    public static void Write(ref bool location, bool value)
    {
        Schedule.Point();
        Real.Write(ref location, value);
        Schedule.Point();
    }

    public static void Write(ref int location, int value)
    {
        Schedule.Point();
        Real.Write(ref location, value);
        Schedule.Point();
    }

    public static void Write(ref uint location, uint value)
    {
        Schedule.Point();
        Real.Write(ref location, value);
        Schedule.Point();
    }

    public static void Write(ref long location, long value)
    {
        Schedule.Point();
        Real.Write(ref location, value);
        Schedule.Point();
    }

    public static void Write(ref ulong location, ulong value)
    {
        Schedule.Point();
        Real.Write(ref location, value);
        Schedule.Point();
    }

    public static void Write<T>(ref T location, T value)
        where T : class?
    {
        Schedule.Point();
        Real.Write(ref location, value);
        Schedule.Point();
    }
}
