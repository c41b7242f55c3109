public sealed partial class Mailer(IRateLimiter limiter)
{
    public int Sent { get; private set; }

    [RateLimited("2/d", Key = nameof(address))]
    public partial void Send(string address);

    [RateLimited("1/d", Key = nameof(id))]
    public partial string? Find(int id);

    private void SendCore(string address) => Sent++;

    private string? FindCore(int id) => id == 0 ? null : "mail" + id;
}

public static class Scenario
{
    public const string Expected = "done done rejected 2 mail1 rejected mail2";

    public static string Run()
    {
        var mailer = new Mailer(Probe.Limiter());
        return Probe.Of(3, () => mailer.Send("a@b")) + " " + mailer.Sent + " "
            + Probe.Of(() => mailer.Find(1), () => mailer.Find(1), () => mailer.Find(2));
    }
}
