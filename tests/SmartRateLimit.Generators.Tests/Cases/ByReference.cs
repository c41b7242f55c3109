public partial class Buffers(IRateLimiter limiter)
{
    private int _cell = 7;

    [RateLimited("1/d", Key = nameof(name))]
    public partial bool TryRead(scoped ReadOnlySpan<char> name, ref int tries, in long size, out string value, params int[] rest);

    [RateLimited("1/d", Key = "{data.Length}")]
    public partial Span<byte> Trim(Span<byte> data);

    [RateLimited("1/d", Key = "*")]
    public partial ref int Cell();

    [RateLimited("1/d", Key = nameof(index), OnRejected = nameof(None))]
    public partial void Look(ref readonly int index, out int found);

    private bool TryReadCore(scoped ReadOnlySpan<char> name, ref int tries, in long size, out string value, params int[] rest)
    {
        tries++;
        value = name.ToString() + size + rest.Length;
        return true;
    }

    private Span<byte> TrimCore(Span<byte> data) => data[1..];

    private ref int CellCore() => ref _cell;

    private void LookCore(ref readonly int index, out int found) => found = index;

    private void None(RateLimitDecision decision, out int found) => found = -1;
}

public static class Scenario
{
    public const string Expected = "True tenant52 1 rejected 2 rejected 8 rejected 3 -1";

    public static string Run()
    {
        var buffers = new Buffers(Probe.Limiter());
        var tries = 0;
        var read = buffers.TryRead("tenant", ref tries, 5, out var value, 1, 2);
        var again = Probe.Of(() => buffers.TryRead("tenant".AsSpan(), ref tries, 5, out _));
        var trimmed = buffers.Trim(new byte[3]).Length;
        var trimmedAgain = Probe.Of(() => buffers.Trim(new byte[3]).Length);
        ref var cell = ref buffers.Cell();
        cell++;
        var cellAgain = Probe.Of(() => buffers.Cell());
        var index = 3;
        buffers.Look(in index, out var found);
        buffers.Look(in index, out var foundAgain);
        return $"{read} {value} {tries} {again} {trimmed} {trimmedAgain} {cell} {cellAgain} {found} {foundAgain}";
    }
}
