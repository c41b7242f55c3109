using System.Diagnostics;
using System.Globalization;

namespace SmartRateLimit.Benchmarks.Http;

/// <summary>A server of its own, so that what clients cost is not counted.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process _process;

    public ServerProcess(Limiting limiting)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
        {
            start.ArgumentList.Add(typeof(ServerProcess).Assembly.Location);
        }

        start.ArgumentList.Add(PlaintextServer.Argument);
        start.ArgumentList.Add(limiting.ToString());
        _process = Process.Start(start) ?? throw new InvalidOperationException("The server did not start.");
        Port = (int)Read();
    }

    public int Port { get; }

    public TimeSpan ProcessorTime
    {
        get
        {
            _process.StandardInput.WriteLine();
            return TimeSpan.FromTicks(Read());
        }
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(5)))
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private long Read() => long.Parse(_process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The server ended."), CultureInfo.InvariantCulture);
}
