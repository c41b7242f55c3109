using System.Text;
using SmartRateLimit.Contract.Vectors;
using SmartRateLimit.Keys;

namespace SmartRateLimit.Tests.Keys;

public sealed class KeyFoldingTests
{
    private static readonly RateLimitPolicy Policy = RateLimitPolicy.Parse("policy", "1/d");

    private readonly RecordingBackend _backend = new();

    [Theory]
    [InlineData("short")]
    [InlineData("")]
    [InlineData("a{b}:c\0")]
    public void A_short_key_reaches_the_backend_as_it_is(string key) => Assert.Equal(key, Stored(key));

    [Fact]
    public void A_key_of_256_bytes_is_kept_and_a_longer_one_is_folded()
    {
        var longest = new string('é', 128);
        Assert.Equal(longest, Stored(longest));
        Assert.NotEqual(longest + "x", Stored(longest + "x"));
        Assert.InRange(Encoding.UTF8.GetByteCount(Stored("😀" + new string('x', 10_000))), 1, 256);
    }

    public static TheoryData<string, bool, bool> Keys => new()
    {
        { string.Empty, false, false },
        { new string('a', 256), false, false },
        { new string('a', 257), true, true },
        { new string('é', 128), false, false },
        { new string('é', 129), true, false },
        { "%", false, false },
        { "%x", false, false },
        { "#%", false, false },
        { "%#", true, true },
        { "a😀", false, false },
    };

    [Theory]
    [MemberData(nameof(Keys))]
    public void A_key_is_folded_where_it_is_long_or_broken_or_looks_folded(string key, bool forAStore, bool inProcess)
    {
        Assert.Equal((forAStore, inProcess), (KeyFolding.IsNeeded(key), KeyFolding.IsNeededInProcess(key)));
        Assert.Equal(forAStore ? new string(KeyFolding.Folded(key)) : key, KeyFolding.Fold(key.AsSpan()).ToString());
        Assert.Equal(forAStore ? new string(KeyFolding.Folded(key)) : key, KeyFolding.Fold(key.AsMemory()).ToString());
    }

    // Not rows of the theory above: on its way to a test a text may be made whole.
    [Fact]
    public void A_key_with_half_a_surrogate_pair_is_folded_for_a_store()
    {
        A_key_is_folded_where_it_is_long_or_broken_or_looks_folded("a\ud83d", forAStore: true, inProcess: false);
        A_key_is_folded_where_it_is_long_or_broken_or_looks_folded("\ude00a", forAStore: true, inProcess: false);
    }

    [Fact]
    public void A_folded_key_is_a_mark_and_the_hash_of_its_characters_in_hexadecimal_digits() =>
        Assert.Equal("%#" + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.Unicode.GetBytes("key"))), new string(KeyFolding.Folded("key")));

    // Seen to fail: a key that looks folded was left as it is.
    [Fact]
    public void Nobody_can_write_anothers_folded_key()
    {
        var folded = Stored(new string('x', 1_000));
        Assert.NotEqual(folded, Stored(folded));
    }

    [Fact]
    public void Keys_that_differ_only_in_broken_surrogates_stay_apart() =>
        Assert.Equal(4, ((string[])["\uD800", "\uD801", "\uDC00", "\uFFFD"]).Select(Stored).Distinct().Count());

    [Fact]
    public async Task Every_way_to_a_bucket_folds_alike()
    {
        var key = new string('x', 1_000);
        var limiter = new SmartRateLimiter(_backend);
        _ = limiter.Acquire(Policy, key);
        _ = await limiter.AcquireAsync(Policy, key);
        _ = await limiter.AcquireAllAsync([new RateLimitRequest(Policy, key)]);
        _ = await limiter.PeekAsync(Policy, key);
        await limiter.ResetAsync(Policy, key);
        Assert.Equal(5, _backend.Keys.Count);
        Assert.Single(_backend.Keys.Distinct());
    }

    // Seen to fail: a long key was cut before it was folded.
    [Fact]
    public void Every_vector_about_keys_passes()
    {
        foreach (var step in Vector.All.Where(vector => vector.Subject == "key").SelectMany(vector => vector.Steps))
        {
            if (step.TryGetProperty("in", out var text))
            {
                Assert.InRange(Stored(text.GetString()!).Length, 1, step.GetProperty("maxLength").GetInt32());
            }
            else
            {
                var (a, b) = (Stored(step.GetProperty("a").GetString()!), Stored(step.GetProperty("b").GetString()!));
                Assert.Equal(step.GetProperty("equal").GetBoolean(), a == b);
            }
        }
    }

    private string Stored(string key)
    {
        _ = new SmartRateLimiter(_backend).Acquire(Policy, key);
        return _backend.Keys[^1];
    }
}
