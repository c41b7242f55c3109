namespace Deep.@namespace
{
    public partial class Outer<TKey>
        where TKey : notnull
    {
        internal readonly partial record struct Inner<T>(IRateLimiter Limiter, T Payload)
            where T : class
        {
            [RateLimited("1/d", Key = nameof(id))]
            public readonly partial T? Pick<TOther>(int id, TOther other, TKey? key)
                where TOther : struct, IComparable<TOther>;

            private T? PickCore<TOther>(int id, TOther other, TKey? key)
                where TOther : struct, IComparable<TOther> => Payload;
        }
    }

    public static partial class Extensions
    {
        [RateLimited("1/d", Key = "{text}")]
        public static partial int Measure(this string text, IRateLimiter limiter);

        private static int MeasureCore(string text, IRateLimiter limiter) => text.Length;
    }

    internal partial struct Counter(IRateLimiter limiter)
    {
        public int Count { get; private set; }

        [RateLimited("2/d", Key = "*")]
        public partial int Next();

        [RateLimited("1/d", Key = "*")]
        public partial ValueTask<int> NextAsync();

        private int NextCore() => ++Count;

        private ValueTask<int> NextAsyncCore() => new(Count);
    }

    public partial interface IHolder
    {
        public partial class Held(IRateLimiter limiter)
        {
            [RateLimited("1/d", Key = "*")]
            internal partial int Get();

            private int GetCore() => 1;
        }
    }
}

public static class Scenario
{
    public const string Expected = "p rejected 4 rejected 1 2 rejected 2 rejected 1 rejected";

    public static string Run()
    {
        var limiter = Probe.Limiter();
        var inner = new Deep.@namespace.Outer<int>.Inner<string>(limiter, "p");
        var other = new Deep.@namespace.Outer<long>.Inner<object>(limiter, "q");
        var counter = new Deep.@namespace.Counter(limiter);
        var held = new Deep.@namespace.IHolder.Held(limiter);
        return Probe.Of(
            () => inner.Pick(1, 2, 3),
            () => other.Pick(1, 2, 3),
            () => Deep.@namespace.Extensions.Measure("text", limiter),
            () => Deep.@namespace.Extensions.Measure("text", limiter),
            () => counter.Next(),
            () => counter.Next(),
            () => counter.Next(),
            () => counter.NextAsync().AsTask().GetAwaiter().GetResult(),
            () => counter.NextAsync().AsTask().GetAwaiter().GetResult(),
            () => held.Get(),
            () => held.Get());
    }
}
