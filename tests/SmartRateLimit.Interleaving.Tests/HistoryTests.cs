namespace SmartRateLimit.Interleaving;

public sealed class HistoryTests
{
    [Theory]
    [InlineData(true, 17, 15)]
    [InlineData(true, 18, 15)]
    [InlineData(false, 17, 17)]
    [InlineData(false, 15, 17)]
    public void A_history_without_an_order_is_noticed(bool isExplained, long first, long second)
    {
        var history = new History<Permits>();
        history.Note("a takes 3 or 2", () => Permits.Acquired("a", Permits.Limit - first, Told(true, first)));
        history.Note("a takes the rest", () => Permits.Acquired("a", first - second <= 0 ? 2 : first - second, Told(true, second)));

        Assert.Equal(isExplained, history.Explain(default) is null);
    }

    [Fact]
    public void Calls_at_the_same_time_may_take_effect_in_either_order()
    {
        var history = new History<Permits>();
        history.Note("a takes 5", () =>
        {
            history.Note("a takes 3", () => Permits.Acquired("a", 3, Told(true, 12)));
            return Permits.Acquired("a", 5, Told(true, 15));
        });

        Assert.Null(history.Explain(default));
    }

    [Fact]
    public void What_was_given_up_may_have_happened_or_not()
    {
        var history = new History<Permits>();
        history.NoteGivenUp("a takes 5", history.Now(), Permits.GivenUp("a", 5));
        history.Note("a is looked at", () => Permits.Peeked("a", 20));
        history.Note("a is looked at again", () => Permits.Peeked("a", 15));

        Assert.Null(history.Explain(default));
        history.Note("a is looked at once more", () => Permits.Peeked("a", 20));
        Assert.NotNull(history.Explain(default));
    }

    private static RateLimitDecision Told(bool isAllowed, long remaining)
    {
        var backend = new MemoryBackend();
        var policy = RateLimitPolicy.Parse("told", $"{Permits.Limit}/d");
        var decision = backend.Acquire(policy, "key", Permits.Limit - remaining);
        Assert.Equal((isAllowed, remaining), (decision.IsAllowed, decision.Remaining));
        return decision;
    }
}
