namespace SmartRateLimit.Benchmarks.Measuring;

/// <summary>A row made of two loops.</summary>
internal sealed class Row(string name, string reference, double? target, Func<int, long> runReference, Func<int, long> runSubject) : IBenchmarkRow
{
    public string Name => name;

    public string Reference => reference;

    public double? Target => target;

    public long RunReference(int times) => runReference(times);

    public long RunSubject(int times) => runSubject(times);
}
