namespace SmartRateLimit.Contract;

public abstract partial class BackendContract
{
    private static readonly string[] NastyKeys =
    [
        "", " ", "a", "A", "*", "%", "%0", "%anonymous", "a:b", "a", ":a", "a:", "{", "}", "{a}", "{a}:b", "a{b}c", "{}", "{{a}}",
        "\0", "a\0", "a\0b", "\r\n", "é", "e\u0301", "😀", "😀😀", "\uD800", "\uD801", "\uFFFD", "١", "1", "01",
        new string('x', 255), new string('x', 256), new string('x', 257), new string('é', 128), new string('é', 129),
        new string('x', 10_240), new string('x', 10_239) + "y", "y" + new string('x', 10_239), string.Concat(Enumerable.Repeat("😀", 300))[..^1],
        "\uD800" + new string('x', 300), "\uD801" + new string('x', 300), "\uFFFD" + new string('x', 300),
    ];

    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task Every_key_has_a_bucket_of_its_own_whatever_characters_it_holds(RateLimitAlgorithm algorithm)
    {
        var policy = Policy("1/d", algorithm);
        var keys = NastyKeys.Distinct(StringComparer.Ordinal).ToList();
        foreach (var key in keys)
        {
            Admit(policy, 1, key);
        }

        foreach (var key in keys)
        {
            Reject(policy, 1, key);
        }

        await Limiter.ResetAsync(policy, keys[7]);
        Admit(policy, 1, keys[7]);
        Assert.All(keys, key => Reject(policy, 1, key));
    }

    [Fact]
    public void Policies_never_share_a_bucket_by_accident()
    {
        (string Name, string Key)[] buckets =
        [
            ("a", "b:c"), ("a:b", "c"), ("a", "bc"), ("ab", "c"), ("a", "a"), ("A", "a"), ("a{", "}"), ("a", "{}"), ("a:", "b"), ("a", ":b"), ("a\0", "b"), ("a", "\0b"),
        ];
        foreach (var (name, key) in buckets)
        {
            Admit(RateLimitPolicy.Parse(name, "1/d"), 1, key);
        }

        foreach (var (name, key) in buckets)
        {
            Reject(RateLimitPolicy.Parse(name, "1/d"), 1, key);
        }
    }

    [Fact]
    public void Equal_policies_of_one_name_share_their_buckets()
    {
        Admit(RateLimitPolicy.Parse("policy", "2/d"));
        Admit(RateLimitPolicy.Parse("policy", "2 per 24 hours"));
        Reject(RateLimitPolicy.Parse("policy", "2/d"));
    }

    [Fact]
    public async Task An_empty_key_is_a_bucket_like_any_other()
    {
        var policy = RateLimitPolicy.Parse("policy", "2/d");
        Admit(policy, 1, string.Empty);
        Assert.Equal(1, await RemainingAsync(policy, string.Empty));
        Assert.Equal(2, await RemainingAsync(policy));
    }
}
