using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using SmartRateLimit.Tests.Configuration;

namespace SmartRateLimit.Tests.Fuzzing;

[Trait("Category", "Long")]
public sealed partial class ConfigurationFuzzTests
{
    // An application is built for each, which takes a thousand times as long as reading a text.
    private const int TextsPerApplication = 500;

    private static readonly string[] Names =
        ["Enabled", "KeyPrefix", "Backend", "OnBackendFailure", "HashKeysInLogs", "Policies", "Policies:search", "Policies:a:Rate", "Policies:a:Burst", "Policies:a:Algorithm", "Policies:a:MaxWait", "Policies:a:AlignToClock", "Policies:a:Shadow", "Policies:b:InitialPermits", "Policies:b:Rate", "Policies:b:Burst"];

    private static readonly string[] Values =
        ["true", "false", "10/s", "5/m; 100/h", "0", "7", "-1", "9223372036854775808", "TokenBucket", "SlidingWindow", "Local", "memory", "500ms", "2s", " ", "shop", ""];

    [Fact]
    public void A_configuration_is_taken_or_every_error_names_a_key_of_it_and_a_place_inside_its_value()
    {
        var (names, values) = (new TextDraw(4, Names), new TextDraw(5, Values));
        var taken = 0;
        var count = Math.Max(1, TextDraw.Count / TextsPerApplication);
        for (var i = 0; i < count; i++)
        {
            var settings = Enumerable.Range(0, 3).Select(_ => (Key: names.NextWord(), Value: values.NextWord())).ToArray();
            using var app = new ConfiguredApp(ConfiguredApp.Settings([.. settings.DistinctBy(setting => setting.Key, StringComparer.OrdinalIgnoreCase).Select(setting => (setting.Key, (string?)setting.Value))]));
            try
            {
                Assert.NotNull(app.Limiter);
                taken++;
            }
            catch (OptionsValidationException exception)
            {
                Assert.All(exception.Failures, failure => AssertPoints(failure, settings));
            }
        }

        Assert.InRange(taken, 1, count - 1);
    }

    private static void AssertPoints(string failure, (string Key, string Value)[] settings)
    {
        // A policy may be wrong as a whole, which is told of the policy.
        var named = settings.Where(setting => failure.StartsWith("SmartRateLimit:" + Start(setting.Key.Split(':')), StringComparison.OrdinalIgnoreCase)).ToList();
        if (named.Count == 0 || (Position().Match(failure) is { Success: true } match
            && named.TrueForAll(setting => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) > setting.Value.Length)))
        {
            Assert.Fail($"{string.Join(", ", settings)} gives: {failure}");
        }
    }

    private static string Start(string[] path) =>
        path is ["Policies", var policy, ..] ? "Policies:" + policy : path[0];

    [GeneratedRegex("position ([0-9]+)")]
    private static partial Regex Position();
}
