using System.Diagnostics;
using System.Globalization;

namespace SmartRateLimit.Servers.Processes;

/// <summary>
/// A real server that a test started. It ends with this object, and also when the test's process dies without a word: a
/// guardian watches over both.
/// </summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process _process;
    private bool _isSuspended;

    private ServerProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Starts a program whose output goes nowhere; it is expected to log into its own directory.</summary>
    public static ServerProcess Start(string program, IEnumerable<string> arguments, string directory)
    {
        // A shell of its own keeps the output from filling a pipe that nobody reads.
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = directory, UseShellExecute = false };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("exec \"$0\" \"$@\" > output.log 2>&1 < /dev/null");
        start.ArgumentList.Add(program);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} could not be started.");
        Guard(process.Id);
        return new ServerProcess(process);
    }

    /// <summary>SIGKILL: the server dies without closing anything in order.</summary>
    public void Kill()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.WaitForExit();
    }

    /// <summary>SIGSTOP: connections stay open and nothing answers.</summary>
    public void Suspend()
    {
        Signal("STOP");
        _isSuspended = true;
    }

    /// <summary>SIGCONT.</summary>
    public void Resume()
    {
        if (_isSuspended)
        {
            Signal("CONT");
            _isSuspended = false;
        }
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }

    private static void Guard(int server)
    {
        var script = FormattableString.Invariant(
            $"while kill -0 {Environment.ProcessId} && kill -0 {server}; do sleep 1; done 2> /dev/null; kill -KILL {server} 2> /dev/null");
        var start = new ProcessStartInfo("/bin/sh") { UseShellExecute = false };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add($"({script}) > /dev/null 2>&1 < /dev/null &");
        using var guard = Process.Start(start);
        guard?.WaitForExit();
    }

    private void Signal(string name)
    {
        using var kill = Process.Start("kill", ["-" + name, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}
