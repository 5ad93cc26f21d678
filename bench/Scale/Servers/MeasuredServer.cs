using KubeFed.Scale.Measure;

namespace KubeFed.Scale.Servers;

/// <summary>A server that is measured: a process and a way to it.</summary>
internal sealed class MeasuredServer(string name, int processId, ServerAccess access) : IDisposable
{
    private readonly LoadClient[] _clients = [.. Enumerable.Range(0, Connections).Select(_ => new LoadClient(name, access))];

    /// <summary>The most connections that requests are spread over.</summary>
    public const int Connections = 8;

    public string Name => name;

    public ServerAccess Access => access;

    public double CpuSeconds => ProcessSample.Read(processId)?.CpuSeconds
        ?? throw new MeasurementException($"{name} has ended");

    public ProcessMemory Memory => ProcessMemory.Read(processId);

    /// <summary>The client for the worker of that number: up to eight workers have a connection each, more share them.</summary>
    public LoadClient Client(int worker) => _clients[worker % Connections];

    public void Dispose()
    {
        foreach (var client in _clients)
        {
            client.Dispose();
        }
    }
}
