using System.Numerics;
using SmartRateLimit.Policies;

namespace SmartRateLimit.Backends.Memory;

/// <summary>Decides several requests as one step: it holds the locks of all their stripes, taken in one order.</summary>
internal readonly struct BucketGroup(BucketTable table, BackendClock clock)
{
    public RateLimitDecision Acquire(ReadOnlySpan<RateLimitRequest> requests, Span<RateLimitDecision> decisions, bool mayReserve)
    {
        var parts = new Part[requests.Length];
        var stripes = 0UL;
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = new Part(requests[i], mayReserve, table);
            stripes |= 1UL << parts[i].StripeIndex;
        }

        var entered = 0UL;
        try
        {
            for (var rest = stripes; rest != 0; rest &= rest - 1)
            {
                var index = BitOperations.TrailingZeroCount(rest);
                Monitor.Enter(table.Stripe(index).Gate);
                entered |= 1UL << index;
            }

            return Decide(parts, decisions);
        }
        finally
        {
            for (; entered != 0; entered &= entered - 1)
            {
                Monitor.Exit(table.Stripe(BitOperations.TrailingZeroCount(entered)).Gate);
            }
        }
    }

    private RateLimitDecision Decide(Part[] parts, Span<RateLimitDecision> decisions)
    {
        // A bucket that is found must not make room for the next one.
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i].Find(parts.AsSpan(0, i));
        }

        try
        {
            return Settle(parts, decisions);
        }
        finally
        {
            foreach (var part in parts)
            {
                part.Bucket.IsPinned = false;
            }
        }
    }

    private RateLimitDecision Settle(Part[] parts, Span<RateLimitDecision> decisions)
    {
        // Each request is charged before the next is measured, since two of them may ask of one bucket.
        var everyAdmitted = true;
        foreach (var part in parts)
        {
            part.Judge(clock);
            everyAdmitted &= part.Judgement.IsAdmitted;
        }

        if (!everyAdmitted)
        {
            for (var i = parts.Length - 1; i >= 0; i--)
            {
                parts[i].Undo();
            }

            foreach (var part in parts)
            {
                part.Reconsider();
            }
        }

        for (var i = 0; i < parts.Length; i++)
        {
            decisions[i] = parts[i].Bucket.Decide(parts[i].Program, parts[i].Judgement, parts[i].Now);
        }

        return CombinedDecision.Of(decisions[..parts.Length]);
    }

    private sealed class Part
    {
        private readonly ReadOnlyMemory<char> _key;
        private readonly long _cost;
        private readonly long _maxWait;
        private readonly int _hash;
        private readonly BucketStripe _stripe;
        private long _costTogether;
        private Bucket.Snapshot _before;

        public Part(in RateLimitRequest request, bool mayReserve, BucketTable table)
        {
            Program = request.Policy.Program;
            _key = request.Key;
            _cost = request.Cost;
            _maxWait = mayReserve ? Program.MaxWait : 0;
            _hash = BucketTable.Hash(Program, _key.Span);
            StripeIndex = table.StripeIndex(_hash);
            _stripe = table.Stripe(StripeIndex);
        }

        public RateProgram Program { get; }

        public int StripeIndex { get; }

        public Bucket Bucket { get; private set; } = null!;

        public long Now { get; private set; }

        public Judgement Judgement { get; private set; }

        public void Find(ReadOnlySpan<Part> earlier)
        {
            Bucket = _stripe.FindOrAdd(Program, _key.Span, _hash);
            Bucket.IsPinned = true;
            _costTogether = _cost;
            foreach (var part in earlier)
            {
                if (ReferenceEquals(part.Bucket, Bucket))
                {
                    // Costs that add up to more than a long holds fit nowhere, and nor does that.
                    _costTogether = part._cost > long.MaxValue - _costTogether ? long.MaxValue : _costTogether + part._cost;
                }
            }
        }

        public void Judge(BackendClock clock)
        {
            Now = clock.Now(Program.UsesWallClock);
            _stripe.Adopt(Bucket, Program);
            Judgement = Bucket.Measure(Now, _cost, _maxWait);
            _before = Bucket.Save();
            if (Judgement.IsAdmitted)
            {
                _stripe.Charge(Bucket, Now, _cost);
            }
        }

        public void Undo() => _stripe.Restore(Bucket, _before);

        /// <summary>
        /// Says when the group could pass, now that nothing is charged: this request needs its own cost and that of the
        /// earlier ones of its bucket.
        /// </summary>
        public void Reconsider()
        {
            _stripe.Adopt(Bucket, Program);
            var together = Bucket.Measure(Now, _costTogether, _maxWait);
            Judgement = Judgement.IsAdmitted || together.IsAdmitted ? Judgement : together;
        }
    }
}
