using SmartRateLimit.Redis.Scripts;
using SmartRateLimit.Redis.Tests.Contract;

namespace SmartRateLimit.Redis.Tests.Scripts;

public sealed class ShippedScriptTests
{
    [Fact]
    public void The_contract_runs_the_script_that_ships_but_for_the_line_that_reads_the_clock()
    {
        var shipped = RedisScript.Shipped.Text.Split('\n');
        var clocked = StoreClock.Replace("local now = 1").Split('\n');
        Assert.Equal(shipped.Length, clocked.Length);
        var different = Enumerable.Range(0, shipped.Length).Where(line => shipped[line] != clocked[line]).ToList();
        Assert.Equal(StoreClock.ClockLine, shipped[Assert.Single(different)]);
    }

    [Fact]
    public void The_server_clock_is_read_once()
    {
        Assert.Single(RedisScript.Shipped.Text.Split('\n'), line => line.Contains("'TIME'", StringComparison.Ordinal));
    }

    [Fact]
    public void The_script_is_constant_and_known_by_its_hash()
    {
        Assert.Equal(RedisScript.Shipped.Hash, new RedisScript(RedisScript.Shipped.Text).Hash);
        Assert.Equal(20, RedisScript.Shipped.Hash.Length);
    }
}
