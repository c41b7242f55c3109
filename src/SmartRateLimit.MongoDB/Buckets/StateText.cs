using System.Numerics;
using SmartRateLimit.Algorithms;
using SmartRateLimit.MongoDB.Expressions;
using SmartRateLimit.MongoDB.Pipelines;
using SmartRateLimit.MongoDB.Policies;

namespace SmartRateLimit.MongoDB.Buckets;

/// <summary>Reads what a document holds of one rate as a state of the core's algorithms, and writes it.</summary>
/// <param name="numbers">The numbers under which it was written.</param>
/// <param name="rule">The same, as the core has them.</param>
/// <param name="now">The moment at which it is read or written.</param>
internal readonly struct StateText(RateNumbers numbers, RateRule rule, StoreTime now)
{
    /// <exception cref="FormatException">It holds something else.</exception>
    public RateMeter Read(Document state) => rule switch
    {
        RateRule<long> narrow => Cells(narrow, state),
        RateRule<Int128> wide => Cells(wide, state),
        RateRule<WindowCount> window => new RateMeter<WindowCount>(
            window, new WindowCount(Time(state, WindowStages.Start), Count(state, WindowStages.Count))),
        RateRule<WindowPair> counter => new RateMeter<WindowPair>(
            counter, new WindowPair(Time(state, CounterStages.Start), Count(state, CounterStages.Previous), Count(state, CounterStages.Current))),
        _ => new RateMeter<AdmissionLog>((RateRule<AdmissionLog>)rule, Log(state)),
    };

    /// <summary>The state, and the time in milliseconds at which it can no longer be told from none.</summary>
    public (Document State, long Expiry) Write(RateMeter meter) => meter switch
    {
        WordMeter word => Cells(word.State, ((CellBucket<long>)((RateRule<long>)rule).Algorithm).Cells.UnitsPerPermit),
        RateMeter<long> narrow => Cells(narrow.State, ((CellBucket<long>)((RateRule<long>)rule).Algorithm).Cells.UnitsPerPermit),
        RateMeter<Int128> wide => Cells(wide.State, ((CellBucket<Int128>)((RateRule<Int128>)rule).Algorithm).Cells.UnitsPerPermit),
        RateMeter<WindowCount> window => (
            new Document { { WindowStages.Start, StoreTime.ToMilliseconds(window.State.Start) }, { WindowStages.Count, window.State.Count } },
            StoreTime.ToMilliseconds(window.State.Start) + numbers.Period),
        RateMeter<WindowPair> counter => (
            new Document
            {
                { CounterStages.Start, StoreTime.ToMilliseconds(counter.State.Start) },
                { CounterStages.Previous, counter.State.Previous },
                { CounterStages.Current, counter.State.Current },
            },
            StoreTime.ToMilliseconds(counter.State.Start) + (2 * numbers.Period)),
        _ => Log(((RateMeter<AdmissionLog>)meter).State),
    };

    private static long Time(Document state, string field) => StoreTime.Since(Count(state, field));

    private static long Count(Document state, string field) => state[field] is Number number ? number.Value : throw new FormatException();

    private static AdmissionLog Log(Document state)
    {
        var log = AdmissionLog.Empty;
        foreach (var entry in state[LogStages.Log] as Items ?? throw new FormatException())
        {
            var admission = entry as Document ?? throw new FormatException();
            log = log.Append(Time(admission, LogStages.At), Count(admission, LogStages.Cost), mayGrow: true);
        }

        return log;
    }

    private RateMeter<T> Cells<T>(RateRule<T> known, Document state)
        where T : struct, IBinaryInteger<T>
    {
        var passed = (Int128)now.Milliseconds - Count(state, CellStages.At);
        var level = Count(state, CellStages.Level) - (passed * numbers.PartsPerMillisecond);

        // One part above the most says as well as any more that the clock stepped back too far.
        level = Int128.Clamp(level, 0, (Int128)numbers.MostParts + 1);
        return new RateMeter<T>(known, T.CreateChecked(level) * UnitsPerPart(((CellBucket<T>)known.Algorithm).Cells.UnitsPerPermit));
    }

    private (Document State, long Expiry) Cells<T>(T units, T unitsPerPermit)
        where T : struct, IBinaryInteger<T>
    {
        // Rounded up: no decision at a whole millisecond can tell, and nothing is given back.
        var perPart = UnitsPerPart(unitsPerPermit);
        var level = units <= T.Zero ? 0 : long.CreateChecked(((units - T.One) / perPart) + T.One);
        return (new Document { { CellStages.Level, level }, { CellStages.At, now.Milliseconds } }, now.Milliseconds + numbers.Life);
    }

    /// <summary>The core counts in parts of a permit that come back in a tick, of which there are at least as many.</summary>
    private T UnitsPerPart<T>(T unitsPerPermit)
        where T : struct, IBinaryInteger<T> => unitsPerPermit / T.CreateChecked(numbers.PartsPerPermit);

    private (Document State, long Expiry) Log(AdmissionLog log)
    {
        var entries = new Node[log.Count];
        for (var i = 0; i < entries.Length; i++)
        {
            var (time, cost) = log.Entry(i);
            entries[i] = new Document { { LogStages.At, StoreTime.ToMilliseconds(time) }, { LogStages.Cost, cost } };
        }

        var newest = log.IsEmpty ? now.Milliseconds : StoreTime.ToMilliseconds(log.Newest);
        return (new Document { { LogStages.Log, Items.Of(entries) } }, newest + numbers.Period);
    }
}
