using System.ComponentModel;
using System.Diagnostics;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SmartRateLimit.AspNetCore.Hosting;

namespace SmartRateLimit.AspNetCore;

/// <summary>
/// Has every web host of the process look for limited endpoints when it starts, also one in which nobody called
/// <c>AddSmartRateLimit</c>. Generated code starts it before the application runs.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class HostWatch
{
    private static int _isStarted;

    /// <summary>Starts watching; further calls change nothing.</summary>
    public static void Start()
    {
        if (Interlocked.Exchange(ref _isStarted, 1) == 0)
        {
            DiagnosticListener.AllListeners.Subscribe(new Listeners());
        }
    }

    /// <summary>Picks the source by which generic hosts announce themselves; design-time tools and test hosts rely on it too.</summary>
    private sealed class Listeners : IObserver<DiagnosticListener>
    {
        private const string Hosting = "Microsoft.Extensions.Hosting";

        private readonly Hosts _hosts = new();

        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == Hosting)
            {
                value.Subscribe(_hosts, Hosts.IsAwaited);
            }
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }

    /// <summary>Adds the look to a host that is about to be built.</summary>
    private sealed class Hosts : IObserver<KeyValuePair<string, object?>>
    {
        private const string Building = "HostBuilding";

        public static bool IsAwaited(string name) => name == Building;

        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (value is { Key: Building, Value: IHostBuilder host })
            {
                host.ConfigureServices(static services => services.AddSingleton<IStartupFilter, ForgottenLimiter>());
            }
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }
}
