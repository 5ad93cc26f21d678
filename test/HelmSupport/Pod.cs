using System.Diagnostics.CodeAnalysis;
using KubeFed.TestSupport.Clusters.Binaries;
using KubeFed.TestSupport.Processes;
using KubeFed.TestSupport.Waiting;

namespace KubeFed.HelmSupport;

/// <summary>One replica of a Deployment as a process.</summary>
/// <param name="Process">The process.</param>
/// <param name="Ports">The port of this machine for each port of the container.</param>
/// <param name="Readiness">Where it says whether it is ready.</param>
internal sealed record Pod(ManagedProcess Process, IReadOnlyDictionary<int, PortReservation> Ports, Uri Readiness) : IAsyncDisposable
{
    /// <summary>Starts it and waits until it is ready, as its own readiness probe tells.</summary>
    public async Task StartAsync()
    {
        Process.Start();
        await WaitUntilReadyAsync();
    }

    /// <summary>Waits until it is ready.</summary>
    public Task WaitUntilReadyAsync() => Eventually.GetAsync(
        ProbeAsync,
        static answer => answer is null,
        $"{Process.Name} to be ready",
        HelmInstallation.Patience,
        answer => $"{(Process.IsRunning ? "" : "it has ended; ")}{answer}\n{Process.TailLog(30)}");

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        foreach (var port in Ports.Values)
        {
            port.Dispose();
        }
    }

    [SuppressMessage("Security", "CA5359", Justification = "A kubelet's probe does not look at the certificate either.")]
    private async Task<string?> ProbeAsync()
    {
        using var handler = new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = static (_, _, _, _) => true } };
        using var client = new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(5) };
        try
        {
            using var answer = await client.GetAsync(Readiness);
            return answer.IsSuccessStatusCode ? null : $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}";
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return e.Message;
        }
    }
}
