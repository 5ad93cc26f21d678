using KubeFed.TestSupport.Clusters.Binaries;
using KubeFed.TestSupport.Processes;

namespace KubeFed.TestSupport.Clusters.Etcd;

/// <summary>One member of an <see cref="EtcdServer"/>.</summary>
public sealed class EtcdMember : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly HttpClient _client = new();
    private readonly Uri _health;

    internal EtcdMember(ManagedProcess process, string endpoint, Uri health)
    {
        Process = process;
        Endpoint = endpoint;
        _health = health;
    }

    /// <summary>Its client address.</summary>
    public string Endpoint { get; }

    /// <summary>Its process, to be killed, halted and started.</summary>
    public ManagedProcess Process { get; }

    /// <summary>Waits until it takes part in a quorum.</summary>
    public async Task WaitUntilHealthyAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!await Probe.ContainsAsync(_client, _health.ToString(), "\"true\"", limit.Token))
        {
            if (!Process.IsRunning)
            {
                var log = Process.TailLog();
                throw log.Contains("address already in use", StringComparison.Ordinal)
                    ? new PortTakenException($"{Process.Name} found its port taken\n{log}")
                    : new ClusterException($"{Process.Name} ended at its start\n{log}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, limit.Token);
        }
    }

    /// <summary>Frees what waiting needs; the process is its sandbox's to end.</summary>
    public void Dispose() => _client.Dispose();
}
