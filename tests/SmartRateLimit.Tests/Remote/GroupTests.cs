using SmartRateLimit.Tests.Resilience;

namespace SmartRateLimit.Tests.Remote;

public sealed class GroupTests
{
    private static readonly RateLimitPolicy Wide = RemoteBed.Policy("10/h", name: "wide");
    private static readonly RateLimitPolicy Narrow = RemoteBed.Policy("1/h", name: "narrow");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Requests_of_one_slot_are_decided_in_one_call(bool isBlocking)
    {
        using var bed = new RemoteBed();

        Assert.True((await AcquireAll(bed, isBlocking)).IsAllowed);
        Assert.False((await AcquireAll(bed, isBlocking)).IsAllowed);

        Assert.Equal(2, bed.Store.Calls.Count);
        Assert.Equal(9, (await bed.Backend.PeekAsync(Wide, "key", CancellationToken.None)).Remaining);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Of_several_slots_what_one_took_is_handed_back_when_another_rejects(bool isBlocking)
    {
        using var bed = new RemoteBed();
        bed.Store.Slots = (policy, _) => policy.Name.Length;

        Assert.True((await AcquireAll(bed, isBlocking)).IsAllowed);
        Assert.False((await AcquireAll(bed, isBlocking)).IsAllowed);

        Assert.Equal(9, (await bed.Backend.PeekAsync(Wide, "key", CancellationToken.None)).Remaining);
    }

    [Fact]
    public async Task Who_blocks_hands_back_and_looks_on_without_a_task()
    {
        using var bed = new RemoteBed();
        var other = RemoteBed.Policy("10/h", name: "a third one");
        bed.Store.Slots = (policy, _) => policy.Name.Length;
        await bed.Acquire(Narrow);
        RateLimitRequest[] requests = [new(Wide, "key"), new(Narrow, "key"), new(other, "key")];
        var decisions = new RateLimitDecision[3];

        Assert.False(bed.Backend.AcquireAll(requests, decisions).IsAllowed);

        Assert.Equal(2, bed.Store.Blocking);
        Assert.Equal([9, 0, 10], decisions.Select(decision => decision.Remaining));
        Assert.Equal(10, bed.Backend.Peek(Wide, "key").Remaining);
    }

    [Fact]
    public void Who_blocks_is_answered_by_the_failure_mode_when_a_bucket_cannot_be_read()
    {
        using var bed = new RemoteBed();
        bed.Store.FailWith(FakeStore.Outage);

        Assert.True(bed.Backend.Peek(Wide, "key").IsDegraded);
        bed.Backend.Refund(Wide, "key", 1);
    }

    [Fact]
    public async Task A_rejection_stays_one_when_the_other_bucket_cannot_be_read()
    {
        using var bed = new RemoteBed();
        var brief = RemoteBed.Policy("1/100ms", name: "brief one");
        bed.Store.Slots = (policy, _) => policy.Name.Length;
        await bed.Acquire(brief);
        RateLimitRequest[] requests = [new(brief, "key"), new(Wide, "key")];
        // Refused once, so that the group's first answer needs no call.
        await bed.Acquire(brief);
        bed.Store.FailWith(FakeStore.Outage);
        var decisions = new RateLimitDecision[2];
        var together = await bed.Backend.AcquireAllAsync(requests, decisions, CancellationToken.None);

        Assert.Equal((RateLimitReason.Exceeded, false), (together.Reason, together.IsDegraded));
        Assert.Equal(RateLimitReason.BackendUnavailable, decisions[1].Reason);
    }

    [Fact]
    public async Task A_group_whose_reply_is_late_writes_into_nobodys_decisions()
    {
        using var bed = new RemoteBed();
        var gate = bed.Store.Hold();
        RateLimitRequest[] requests = [new(Wide, "key"), new(Narrow, "key")];
        var decisions = new RateLimitDecision[2];
        var pending = bed.Backend.AcquireAllAsync(requests, decisions, CancellationToken.None).AsTask();

        bed.Time.Advance(RemoteBed.Timeout);
        await Eventually.Ends(pending);
        Array.Clear(decisions);
        gate.SetResult();
        bed.Store.Recover();
        await bed.Acquire(Wide);

        Assert.All(decisions, decision => Assert.Null(decision.Policy));
    }

    private static async Task<RateLimitDecision> AcquireAll(RemoteBed bed, bool isBlocking)
    {
        RateLimitRequest[] requests = [new(Wide, "key"), new(Narrow, "key")];
        var decisions = new RateLimitDecision[2];
        var together = isBlocking
            ? bed.Backend.AcquireAll(requests, decisions)
            : await bed.Backend.AcquireAllAsync(requests, decisions, CancellationToken.None);
        Assert.Equal(together.IsAllowed, decisions[1].IsAllowed);
        return together;
    }
}
