using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using SmartRateLimit.Rates;
using SmartRateLimit.Tests.Configuration;

namespace SmartRateLimit.Tests.Fuzzing;

[Trait("Category", "Long")]
public sealed partial class ConfigurationFuzzTests
{
    private const string Section = "SmartRateLimit:";

    // An application is built for each, and what it costs to read grows with the square of what there is to read.
    private const int PoliciesPerApplication = 10;
    private const int SettingsPerPolicy = 5;
    private const int ApplicationsPerText = 500;

    private static readonly string[] Names =
        ["Enabled", "KeyPrefix", "Backend", "OnBackendFailure", "HashKeysInLogs", "Policies", "Policies:search", "Policies:a:Rate", "Policies:a:Burst", "Policies:a:Algorithm", "Policies:a:MaxWait", "Policies:a:AlignToClock", "Policies:a:Shadow", "Policies:b:InitialPermits", "Policies:b:Rate", "Policies:b:Burst"];

    private static readonly string[] OfPolicies =
        ["Rate", "Rate", "Burst", "InitialPermits", "Algorithm", "MaxWait", "AlignToClock", "OnBackendFailure", "Backend", "Shadow"];

    private static readonly string[] Values =
        ["true", "false", "10/s", "5/m; 100/h", "0", "7", "-1", "9223372036854775808", "TokenBucket", "SlidingWindow", "Local", "memory", "500ms", "2s", " ", "shop", ""];

    // Seen to fail: an error of a rate pointed a character too far.
    [Fact]
    public void A_configuration_is_taken_or_every_error_names_a_key_of_it_and_a_place_inside_its_value()
    {
        var (names, values) = (new TextDraw(4, Names), new TextDraw(5, Values));
        var taken = 0;
        var count = Math.Max(1, TextDraw.Count / ApplicationsPerText);
        for (var i = 0; i < count; i++)
        {
            var settings = Enumerable.Range(0, 3).Select(_ => new Setting(names.NextWord(), values.NextWord())).ToArray();
            if (Failures(settings) is { } failures)
            {
                Assert.All(failures, failure => AssertPoints(failure, settings));
            }
            else
            {
                taken++;
            }
        }

        Assert.InRange(taken, 1, count - 1);
    }

    // Seen to fail: an error of a rate pointed a character too far; and true or false was taken for whatever was not the other.
    [Fact]
    public void Of_many_settings_each_that_is_wrong_is_named_and_nothing_else_is()
    {
        var (names, values) = (new TextDraw(9, OfPolicies), new TextDraw(10, Values));
        var wrong = 0;
        for (var i = 0; i < TextDraw.Count; i += PoliciesPerApplication * SettingsPerPolicy)
        {
            var settings = Enumerable.Range(0, PoliciesPerApplication)
                .SelectMany(policy => Enumerable.Range(0, SettingsPerPolicy).Select(_ => new Setting($"Policies:p{policy}:{names.NextWord()}", values.NextWord())))
                .DistinctBy(setting => setting.Key, StringComparer.OrdinalIgnoreCase)
                .ToArray();
            var failures = Failures(settings) ?? [];
            foreach (var failure in failures)
            {
                AssertPoints(failure, settings);
            }

            foreach (var setting in settings.Where(IsWrong))
            {
                wrong++;
                if (!failures.Any(setting.IsNamedIn))
                {
                    Assert.Fail($"{setting} was passed over");
                }
            }
        }

        Assert.InRange(wrong, TextDraw.Count / 100, TextDraw.Count / 2);
    }

    /// <summary>What an application says of its settings; <see langword="null"/> when it takes them.</summary>
    private static string[]? Failures(Setting[] settings)
    {
        using var app = new ConfiguredApp(ConfiguredApp.Settings(
            [.. settings.DistinctBy(setting => setting.Key, StringComparer.OrdinalIgnoreCase).Select(setting => (setting.Key, (string?)setting.Value))]));
        try
        {
            Assert.NotNull(app.Limiter);
            return null;
        }
        catch (OptionsValidationException exception)
        {
            return [.. exception.Failures];
        }
    }

    private static bool IsWrong(Setting setting) => setting.Key.Split(':') is ["Policies", _, var name] && name switch
    {
        "Rate" => !RateParser.TryParseAll(setting.Value, out _, out _),
        "AlignToClock" or "Shadow" => !bool.TryParse(setting.Value, out _),
        "Burst" or "InitialPermits" => !long.TryParse(setting.Value, NumberStyles.None, CultureInfo.InvariantCulture, out _),
        _ => false,
    };

    private static void AssertPoints(string failure, Setting[] settings)
    {
        // A policy may be wrong as a whole, which is told of the policy and has no place in a value.
        var isKnown = Position().Match(failure) is { Success: true } match
            ? settings.Any(setting => setting.IsNamedIn(failure) && int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) <= setting.Value.Length)
            : Array.Exists(settings, setting => setting.IsHeldIn(failure));
        if (!isKnown)
        {
            Assert.Fail($"{string.Join(", ", settings.Select(setting => setting.ToString()))} gives: {failure}");
        }
    }

    [GeneratedRegex("position ([0-9]+)")]
    private static partial Regex Position();

    private sealed record Setting(string Key, string Value)
    {
        public bool IsNamedIn(string failure) => IsAt(failure, Key);

        /// <summary>Whether its policy is named, or where it is of none what it begins with, be that nothing.</summary>
        public bool IsHeldIn(string failure) => Key.Split(':') switch
        {
            ["Policies", var policy, ..] => IsAt(failure, "Policies:" + policy),
            ["", ..] => IsAt(failure, " "),
            var path => IsAt(failure, path[0]),
        };

        private static bool IsAt(string failure, string place) => failure.AsSpan(Section.Length).StartsWith(place, StringComparison.OrdinalIgnoreCase);
    }
}
