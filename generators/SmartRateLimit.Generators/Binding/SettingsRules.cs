using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using SmartRateLimit.Rates;

namespace SmartRateLimit.Binding;

/// <summary>Checks numbers and switches against each other: SRL003, SRL007.</summary>
internal static class SettingsRules
{
    private const int MaxRates = 8;
    private const int MaxSlidingWindow = 10_000;
    private const long LongestRefillMilliseconds = 3_652_500L * 86_400_000;

    public static void Check(BindingContext context, Annotation annotation, ImmutableArray<ParsedRate> rates, CostBinding? cost)
    {
        var algorithm = annotation.Algorithm;
        if (algorithm is < Algorithm.TokenBucket or > Algorithm.SlidingWindowCounter)
        {
            Report(context, annotation, "Algorithm", "there is no RateLimitAlgorithm of the value " + (int)algorithm);
            return;
        }

        if (annotation.OnBackendFailure is < 0 or > 2)
        {
            Report(context, annotation, "OnBackendFailure", "there is no FailureMode of the value " + annotation.OnBackendFailure);
        }

        if (!annotation.AlignToClock && algorithm != Algorithm.FixedWindow)
        {
            Report(context, annotation, "AlignToClock", "only a fixed window can start at the first request");
        }

        if (algorithm == Algorithm.LeakyBucket && context.Role != AnnotationRole.Endpoint && !context.Return.IsAwaitable)
        {
            Report(context, annotation, "Algorithm", "a leaky bucket makes calls wait, and " + context.Method.Name + " cannot be awaited");
        }

        if (annotation.Name is { Length: > 0 } name && string.IsNullOrWhiteSpace(name))
        {
            Report(context, annotation, "Name", "a name needs a visible character");
        }

        CheckWait(context, annotation);
        CheckPermits(context, annotation, "Burst", annotation.Burst);
        CheckPermits(context, annotation, "InitialPermits", annotation.InitialPermits);
        if (!rates.IsEmpty)
        {
            CheckRates(context, annotation, rates, cost);
        }
    }

    private static void CheckWait(BindingContext context, Annotation annotation)
    {
        if (annotation.MaxWait.Value is null)
        {
            return;
        }

        if (!annotation.Algorithm.IsBucket())
        {
            Report(context, annotation, "MaxWait", "only a token or leaky bucket knows when a permit comes");
        }
        else if (context.Role != AnnotationRole.Endpoint && !context.Return.IsAwaitable)
        {
            Report(context, annotation, "MaxWait", context.Method.Name + " cannot be awaited");
        }
    }

    private static void CheckPermits(BindingContext context, Annotation annotation, string setting, long value)
    {
        if (value < -1)
        {
            Report(context, annotation, setting, "it is " + Number(value) + ", and must be at least 0, or -1 for the default");
        }
        else if (value >= 0 && !annotation.Algorithm.IsBucket())
        {
            Report(context, annotation, setting, "only a token or leaky bucket has one");
        }
    }

    private static void CheckRates(BindingContext context, Annotation annotation, ImmutableArray<ParsedRate> rates, CostBinding? cost)
    {
        if (rates.Length > MaxRates)
        {
            context.Report(ProblemId.MeaninglessSetting, annotation.Rate.LocationOf(rates[MaxRates].Position, rates[MaxRates].Length), "Rate", "a limit has at most 8 rates");
            return;
        }

        foreach (var rate in rates)
        {
            if (annotation.Algorithm == Algorithm.SlidingWindow && rate.Permits > MaxSlidingWindow)
            {
                context.Report(ProblemId.MeaninglessSetting, annotation.Rate.LocationOf(rate.Position, rate.Length), "Rate", "an exact sliding window holds at most 10000 permits; SlidingWindowCounter has no such bound");
            }
        }

        var shortest = Shortest(rates);
        if (annotation.Algorithm.IsBucket() && annotation.InitialPermits > Capacity(annotation, rates[shortest], isShortest: true))
        {
            Report(context, annotation, "InitialPermits", "a new bucket cannot hold " + Number(annotation.InitialPermits) + " permits: its capacity is " + Number(Capacity(annotation, rates[shortest], isShortest: true)));
        }

        CheckRefill(context, annotation, rates, shortest);
        CheckCost(context, annotation, rates, shortest, cost);
    }

    /// <summary>The runtime refuses a bucket whose waits would not fit its clock.</summary>
    private static void CheckRefill(BindingContext context, Annotation annotation, ImmutableArray<ParsedRate> rates, int shortest)
    {
        if (!annotation.Algorithm.IsBucket())
        {
            return;
        }

        var rate = rates[shortest];
        var capacity = Capacity(annotation, rate, isShortest: true);
        if (rate.Permits == 0)
        {
            if (capacity > 0 && annotation.Algorithm == Algorithm.LeakyBucket)
            {
                Report(context, annotation, "Burst", "a leaky bucket that never drains would make its callers wait for ever");
            }
        }
        else if ((BigInteger)capacity * rate.PeriodMilliseconds / rate.Permits > LongestRefillMilliseconds)
        {
            Report(context, annotation, "Burst", "a full bucket would take more than 10000 years to come back");
        }
    }

    private static void CheckCost(BindingContext context, Annotation annotation, ImmutableArray<ParsedRate> rates, int shortest, CostBinding? cost)
    {
        var capacities = rates.Select((rate, index) => Capacity(annotation, rate, index == shortest)).ToList();
        var least = capacities.Min();
        if (least == 0)
        {
            var empty = rates[capacities.IndexOf(0)];
            context.Report(ProblemId.PointlessLimit, annotation.Rate.LocationOf(empty.Position, empty.Length), annotation.Rate.Value!, "it admits no call at all");
        }
        else if (least == long.MaxValue || cost is { Value: null, Constant: 0 })
        {
            context.Report(ProblemId.PointlessLimit, annotation.Rate.Location, annotation.Rate.Value!, "it can never reject a call");
        }

        if (cost is { Value: null, Constant: < 0 })
        {
            Report(context, annotation, "Cost", "it is " + Number(cost.Constant) + ", and must be at least 0");
        }
        else if (least > 0 && cost is { Value: null } constant && constant.Constant > least)
        {
            Report(context, annotation, "Cost", "a call that costs " + Number(constant.Constant) + " is never admitted: the capacity is " + Number(least));
        }
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static int Shortest(ImmutableArray<ParsedRate> rates)
    {
        var shortest = 0;
        for (var i = 1; i < rates.Length; i++)
        {
            shortest = rates[i].PeriodMilliseconds < rates[shortest].PeriodMilliseconds ? i : shortest;
        }

        return shortest;
    }

    private static long Capacity(Annotation annotation, ParsedRate rate, bool isShortest) =>
        isShortest && annotation.Burst >= 0 && annotation.Algorithm.IsBucket() ? annotation.Burst : rate.Permits;

    private static void Report(BindingContext context, Annotation annotation, string setting, string message) =>
        context.Report(ProblemId.MeaninglessSetting, annotation.LocationOf(setting), setting, message);
}
