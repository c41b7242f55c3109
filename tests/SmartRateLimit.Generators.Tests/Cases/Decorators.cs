using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Acme
{
    public interface IBase<out T>
    {
        T Origin { get; }

        [RateLimited("1/d", Key = "*")]
        int Inherited(int a);
    }

    public interface IOther
    {
        string Origin { get; }

        long Inherited(int a);
    }

    [RateLimited("3/d", Key = "who|Origin", OnRejected = nameof(IQuotes.Fallback), Name = "fallback")]
    public interface IQuotes
    {
        string Origin => "?";

        int Get(string who);

        static int Fallback(RateLimitDecision decision) => -1;
    }

    public interface IApi<TItem> : IBase<string>, IOther, IAsyncDisposable
        where TItem : notnull
    {
        const string Everybody = "all";

        [RateLimited("1/d", Key = nameof(who))]
        Task<int> GetAsync(string who, CancellationToken ct = default);

        [RateLimited("1/d", Key = nameof(id))]
        Task<int> GetAsync(int id);

        [RateLimited("1/d", Key = nameof(Everybody))]
        Task RunAsync();

        [RateLimited("1/d", Key = "*")]
        ValueTask<TItem?> FindAsync(TItem item);

        [RateLimited("1/d", Key = "*")]
        ValueTask TellAsync();

        [RateLimited("1/d", Key = nameof(ApiKeys.KeyOf), KeyType = typeof(ApiKeys))]
        IAsyncEnumerable<int> ListAsync(string who, CancellationToken ct);

        [RateLimited("1/d", Key = "{Tenant}")]
        void Fire();

        [RateLimited("1/d", Key = "*")]
        bool TryRead(string who, in int from, ref long position, [NotNullWhen(true)] out string? text, params byte[] more);

        [RateLimited("1/d", Key = "*")]
        TOther Generic<TOther>(TOther? other) where TOther : class, IComparable<TOther>, new();

        [RateLimited("1/d", Key = "*")]
        TOther? Maybe<TOther>(TOther? other);

        [RateLimited("1/d", Key = "*")]
        ref int Slot(int index);

        [RateLimited("2/d", Key = "*", Cost = "{count}", SkipIf = nameof(IsFree))]
        int Default(int count) => count;

        static bool IsFree(int count) => count > 100;

        string Tenant { get; set; }

        int Count { get; init; }

        ref int this[int index] { get; }

        [AllowNull]
        string Name { get; set; }

        event EventHandler<int>? Changed;

        int Unlimited(int a, string b = "b", CancellationToken ct = default);

        TOther? Plain<TOther>(TOther? value);

        internal int Hidden();

        sealed int Sealed() => Unlimited(1);
    }

    public static class ApiKeys
    {
        public static string KeyOf(string who) => who.ToUpperInvariant();
    }

    internal sealed class Api : IApi<string>
    {
        private int _slot = 7;

        string IBase<string>.Origin => "base";
        string IOther.Origin => "other";
        int IBase<string>.Inherited(int a) => a;
        long IOther.Inherited(int a) => -a;

        public Task<int> GetAsync(string who, CancellationToken ct) => Task.FromResult(who.Length);
        public Task<int> GetAsync(int id) => Task.FromResult(id);
        public Task RunAsync() => Task.CompletedTask;
        public ValueTask<string?> FindAsync(string item) => new(item);
        public ValueTask TellAsync() => default;

        public async IAsyncEnumerable<int> ListAsync(string who, [EnumeratorCancellation] CancellationToken ct)
        {
            await Task.Yield();
            yield return 1;
            yield return 2;
        }

        public void Fire() { }

        public bool TryRead(string who, in int from, ref long position, [NotNullWhen(true)] out string? text, params byte[] more)
        {
            position += more.Length + from;
            text = who;
            return true;
        }

        public TOther Generic<TOther>(TOther? other) where TOther : class, IComparable<TOther>, new() => other ?? new TOther();
        public TOther? Maybe<TOther>(TOther? other) => other;
        public ref int Slot(int index) => ref _slot;
        public string Tenant { get; set; } = "tenant";
        public int Count { get; init; } = 3;
        public ref int this[int index] => ref _slot;

        [AllowNull]
        public string Name { get; set; } = "";

        public event EventHandler<int>? Changed;

        public int Unlimited(int a, string b, CancellationToken ct)
        {
            Changed?.Invoke(this, a);
            return a;
        }

        public TOther? Plain<TOther>(TOther? value) => value;
        int IApi<string>.Hidden() => 5;
        public ValueTask DisposeAsync() => default;
    }

    internal sealed class Quotes : IQuotes
    {
        public int Get(string who) => who.Length;
    }
}

public static class Scenario
{
    public const string Expected =
        "1 1 rejected 3 rejected | done rejected x rejected done rejected 12 1(done)2 rejected | done rejected a:3 rejected g rejected m rejected 9 rejected 1 rejected 200 | "
        + "4 rejected base other 9 3 changed:1 1 p 5 1 done | 3 3 3 -1 3";

    public static async Task<string> Run()
    {
        var limiter = Probe.Limiter();
        Acme.IApi<string> api = new Acme.RateLimitedApi<string>(new Acme.Api(), limiter);
        Acme.IBase<string> based = api;
        var quotes = new Acme.RateLimitedQuotes(new Acme.Quotes(), limiter);
        var changes = "";
        api.Changed += (_, number) => changes += "changed:" + number;
        long position = 0;
        await using var disposed = api;
        return string.Join(" | ",
            await Probe.Of(
                () => Probe.Value(api.GetAsync("a")), () => Probe.Value(api.GetAsync("b")), () => Probe.Value(api.GetAsync("a")),
                () => Probe.Value(api.GetAsync(3)), () => Probe.Value(api.GetAsync(3))),
            await Probe.Of(
                () => Probe.Done(api.RunAsync()), () => Probe.Done(api.RunAsync()),
                () => Probe.Value(api.FindAsync("x").AsTask()), () => Probe.Value(api.FindAsync("x").AsTask()),
                () => Probe.Done(api.TellAsync().AsTask()), () => Probe.Done(api.TellAsync().AsTask()),
                () => Probe.All(api.ListAsync("who", default)), async () => "1(" + await Probe.Done(Task.CompletedTask) + ")2", () => Probe.All(api.ListAsync("WHO", default))),
            Probe.Of(
                () => { api.Fire(); return "done"; }, () => { api.Fire(); return "done"; },
                () => api.TryRead("a", 1, ref position, out var text, 1, 2) ? text + ":" + position : "", () => api.TryRead("a", 1, ref position, out _),
                () => api.Generic<Text>(null), () => api.Generic<Text>(null),
                () => api.Maybe("m"), () => api.Maybe("m"),
                () => api.Slot(0) = 9, () => api.Slot(0),
                () => api.Default(1), () => api.Default(2), () => api.Default(200)),
            Probe.Of(
                () => based.Inherited(4), () => based.Inherited(4), () => based.Origin, () => ((Acme.IOther)api).Origin, () => api[0], () => api.Count,
                () => { api.Unlimited(1); return changes; }, () => api.Unlimited(1), () => api.Plain("p"), () => api.Hidden(), () => api.Sealed(), () => { api.Name = null; return "done"; }),
            Probe.Of(() => quotes.Get("who"), () => quotes.Get("who"), () => quotes.Get("who"), () => quotes.Get("who"), () => quotes.Get("why")));
    }

    public sealed class Text : IComparable<Text>
    {
        public int CompareTo(Text? other) => 0;

        public override string ToString() => "g";
    }
}
