using System.Collections.Immutable;

namespace SmartRateLimit.Binding;

/// <summary>Checks that attributes of one name agree on the numbers of the bucket that they share: SRL008.</summary>
internal static class NameRules
{
    public static void Check(BindingContext context, ImmutableArray<PolicyBinding> policies)
    {
        for (var i = 1; i < policies.Length; i++)
        {
            var first = policies.First(policy => policy.Name == policies[i].Name);
            if (!Agree(first, policies[i]))
            {
                context.Report(ProblemId.DisagreeingName, policies[i].Annotation.Location, policies[i].Name, "attributes of one name share a bucket, and these give it different numbers");
            }
        }
    }

    private static bool Agree(PolicyBinding a, PolicyBinding b) =>
        a.Rates.Select(rate => (rate.Permits, rate.PeriodMilliseconds)).SequenceEqual(b.Rates.Select(rate => (rate.Permits, rate.PeriodMilliseconds)))
        && a.MaxWait == b.MaxWait
        && Numbers(a.Annotation).Equals(Numbers(b.Annotation));

    private static (Algorithm Algorithm, long Burst, long Initial, bool Align, int Failure, string? Backend, bool Shadow) Numbers(Annotation annotation) =>
        (annotation.Algorithm, annotation.Burst, annotation.InitialPermits, annotation.AlignToClock, annotation.OnBackendFailure, annotation.Backend, annotation.Shadow);
}
