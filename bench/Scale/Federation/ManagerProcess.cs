using System.Net;
using System.Net.Sockets;
using KubeFed.Scale.Measure;
using KubeFed.Scale.Options;
using KubeFed.TestSupport.Clusters;
using KubeFed.TestSupport.IO;
using KubeFed.TestSupport.Processes;

namespace KubeFed.Scale.Federation;

/// <summary>The controller manager that is measured, as a process of its own.</summary>
internal sealed class ManagerProcess : IAsyncDisposable
{
    private readonly ProcessSandbox _sandbox = new("scale");
    private readonly ManagedProcess _process;
    private readonly string? _logPath;

    public ManagerProcess(ScaleOptions options, TestCluster host)
    {
        var program = Path.GetFullPath(options.ControllerManager ?? Repository.Combine("bench/Scale/bin/controller-manager/kubefed-controller-manager"));
        _logPath = options.LogPath;
        string[] command = program.EndsWith(".dll", StringComparison.Ordinal) ? ["dotnet", program] : [program];
        _process = _sandbox.Prepare(
            "controller-manager",
            command[0],
            [
                .. command[1..],
                "--kubeconfig", host.KubeconfigPath,
                "--kubefed-namespace", ControlPlane.Namespace,
                "--healthz-addr", "0",
                "--metrics-addr", $"127.0.0.1:{FreePort()}",
                .. options.ControllerManagerArguments,
            ],
            options.ControllerManagerEnvironment);
    }

    public int Id => _process.Id;

    public ProcessMemory Memory => ProcessMemory.Read(Id);

    public double CpuSeconds => ProcessSample.Read(Id)?.CpuSeconds ?? 0;

    public void Start() => _process.Start();

    public Task StopAsync() => _process.StopAsync();

    /// <exception cref="MeasurementException">It has ended; with the end of its log.</exception>
    public void ThrowIfEnded()
    {
        if (!_process.IsRunning)
        {
            throw new MeasurementException($"the controller manager has ended:\n{_process.TailLog()}");
        }
    }

    /// <summary>The end of its log.</summary>
    public string TailLog() => _process.TailLog(30);

    public async ValueTask DisposeAsync()
    {
        if (_logPath is not null && File.Exists(_process.LogPath))
        {
            File.Copy(_process.LogPath, _logPath, overwrite: true);
        }

        await _sandbox.DisposeAsync();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
