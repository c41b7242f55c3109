using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace SmartRateLimit.Tests.Properties;

/// <summary>Looks for a case that breaks a rule, and shrinks it. The cases follow from a seed, so a failure can be repeated.</summary>
internal static class Property
{
    private static readonly int Factor =
        int.TryParse(Environment.GetEnvironmentVariable("SMARTRATELIMIT_PROPERTIES"), CultureInfo.InvariantCulture, out var factor) ? factor : 1;

    /// <param name="cases">Draws and shrinks cases.</param>
    /// <param name="count">How many are tried; SMARTRATELIMIT_PROPERTIES multiplies it.</param>
    /// <param name="problem">What is wrong with a case; <see langword="null"/> when nothing is.</param>
    public static void Holds<T>(Arbitrary<T> cases, int count, Func<T, string?> problem)
    {
        var replay = new Replay(new Rnd(20_240_113), FSharpOption<int>.None);
        var property = Prop.ForAll(cases, one => problem(one) is { } wrong ? false.Label(wrong) : true.ToProperty());
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(count * Factor).WithEndSize(60).WithReplay(FSharpOption<Replay>.Some(replay)), property);
    }
}
