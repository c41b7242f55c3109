using SmartRateLimit.Algorithms;

namespace SmartRateLimit.Tests.Algorithms;

public sealed class AdmissionLogTests
{
    [Fact]
    public void Admissions_of_one_tick_are_one_entry()
    {
        var log = AdmissionLog.Empty.Append(5, 1, mayGrow: true);
        var words = log.Words;
        for (var i = 0; i < 100; i++)
        {
            log = log.Append(5, 2, mayGrow: true);
        }

        Assert.Equal((words, 201L), (log.Words, log.Total));
    }

    [Fact]
    public void A_log_that_is_full_and_may_not_grow_merges_neighbours_under_the_later_time_and_loses_nothing()
    {
        var log = AdmissionLog.Empty;
        for (var time = 1; time <= 4; time++)
        {
            log = log.Append(time, time, mayGrow: true);
        }

        log = log.Append(5, 5, mayGrow: false);

        Assert.Equal([15L, 15, 12, 12, 5, 0], Enumerable.Range(0, 6).Select(time => log.Copy().WithoutUpTo(time).Total));
    }

    [Fact]
    public void A_log_that_may_not_grow_merges_and_lets_nothing_leave_early()
    {
        var log = AdmissionLog.Empty.Append(10, 1, mayGrow: false).Append(20, 2, mayGrow: false);

        Assert.Equal(AdmissionLog.LeastWords, log.Words);
        Assert.Equal(3, log.Total);
        Assert.Equal(3, log.WithoutUpTo(19).Total);
        Assert.True(log.WithoutUpTo(20).IsEmpty);
    }

    [Fact]
    public void A_full_log_that_may_not_grow_halves_its_precision_and_keeps_its_total()
    {
        var log = AdmissionLog.Empty;
        for (var time = 1; time <= 8; time++)
        {
            log = log.Append(time, 1, mayGrow: true);
        }

        var words = log.Words;
        for (var time = 9; time <= 1000; time++)
        {
            log = log.Append(time, 1, mayGrow: false);
        }

        Assert.Equal(words, log.Words);
        Assert.Equal(1000, log.Total);
        Assert.Equal(1000, log.Newest);
    }

    [Fact]
    public void A_merged_log_never_admits_what_an_exact_one_would_not()
    {
        var exact = AdmissionLog.Empty;
        var coarse = AdmissionLog.Empty;
        var random = new Random(7);
        var time = 0L;
        for (var i = 0; i < 10_000; i++)
        {
            time += random.Next(0, 5);
            exact = exact.WithoutUpTo(time - 100);
            coarse = coarse.WithoutUpTo(time - 100);
            Assert.True(coarse.Total >= exact.Total);
            exact = exact.Append(time, 1, mayGrow: true);
            coarse = coarse.Append(time, 1, mayGrow: i % 7 == 0 && coarse.Words < 16);
        }
    }

    [Fact]
    public void Handing_back_removes_the_newest_first()
    {
        var log = AdmissionLog.Empty.Append(1, 5, mayGrow: true).Append(2, 3, mayGrow: true).WithoutNewest(4);

        Assert.Equal(4, log.Total);
        Assert.Equal(1, log.Newest);
    }
}
