using SmartRateLimit.Redis.Keys;

namespace SmartRateLimit.Redis.Tests.Store;

public sealed class BucketKeyTests
{
    private static readonly string[] Pieces = ["a", ":", "{", "}", "%", "7B", "%7B", "%25", "25", "\0", "\n", "😀", "%3A", "3A", "%0", "%0A", ""];

    // Seen to fail: nothing in a name was escaped.
    [Fact]
    public void Different_buckets_have_different_names_and_every_name_reads_back()
    {
        var names = new Dictionary<string, (string, string)>(StringComparer.Ordinal);
        foreach (var (policy, key) in Combinations())
        {
            var name = BucketKey.Format("app", policy, key);
            Assert.True(names.TryAdd(name, (policy, key)), $"{name} is both {names.GetValueOrDefault(name)} and {(policy, key)}");
            Assert.True(BucketKey.TryParse(name, "app", out var readPolicy, out var readKey));
            Assert.Equal((policy, key), (readPolicy, readKey));
        }
    }

    // Seen to fail: nothing in a name was escaped.
    [Fact]
    public void The_hash_tag_is_ours_whatever_the_texts_hold()
    {
        foreach (var (policy, key) in Combinations())
        {
            var name = BucketKey.Format("{evil}app", policy, key);
            var open = name.IndexOf('{', StringComparison.Ordinal);
            var tag = name[(open + 1)..name.IndexOf('}', StringComparison.Ordinal)];
            Assert.Equal($"{BucketKey.Tag(key):x3}", tag);
        }
    }

    [Fact]
    public void Plain_names_stay_readable()
    {
        Assert.Equal(FormattableString.Invariant($"shop:{{{BucketKey.Tag("tenant%3A7:42"):x3}}}:search:tenant%3A7:42"), BucketKey.Format("shop", "search", "tenant%3A7:42"));
    }

    [Fact]
    public void Keys_spread_over_all_tags()
    {
        var counts = new int[BucketKey.Tags];
        for (var i = 0; i < 100 * BucketKey.Tags; i++)
        {
            counts[BucketKey.Tag(FormattableString.Invariant($"user-{i}"))]++;
        }

        Assert.InRange(counts.Min(), 40, 100);
        Assert.InRange(counts.Max(), 100, 200);
    }

    private static IEnumerable<(string Policy, string Key)> Combinations() =>
        (from a in Pieces
        from b in Pieces
        from c in Pieces
        from d in (string[])["", "x", "%7", "B"]
        select ("p" + a + b, c + d)).Distinct();
}
