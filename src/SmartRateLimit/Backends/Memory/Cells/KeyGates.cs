using System.Numerics;

namespace SmartRateLimit.Backends.Memory.Cells;

/// <summary>
/// The locks of a backend. Whoever makes a key exist, moves or removes it, or decides several keys together, holds the
/// gate of its hash; several are entered in ascending order.
/// </summary>
internal sealed class KeyGates
{
    public const int Bits = 6;
    public const int Count = 1 << Bits;

    private readonly object[] _gates = new object[Count];

    public KeyGates()
    {
        for (var i = 0; i < Count; i++)
        {
            _gates[i] = new object();
        }
    }

    /// <summary>The gate by which decisions that hold shared states pass one at a time, after every other gate.</summary>
    public object Shared { get; } = new();

    public object this[int index] => _gates[index];

    /// <summary>Enters the gates whose bits are set.</summary>
    public void Enter(ulong gates)
    {
        for (; gates != 0; gates &= gates - 1)
        {
            Monitor.Enter(_gates[BitOperations.TrailingZeroCount(gates)]);
        }
    }

    public void Exit(ulong gates)
    {
        for (; gates != 0; gates &= gates - 1)
        {
            Monitor.Exit(_gates[BitOperations.TrailingZeroCount(gates)]);
        }
    }

    public void EnterAll() => Enter(ulong.MaxValue);

    public void ExitAll() => Exit(ulong.MaxValue);
}
