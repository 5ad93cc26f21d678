using KubeFed.TestSupport.Processes;
using KubeFed.TestSupport.Waiting;

namespace KubeFed.Conformance.Servers;

/// <summary>Our server by itself, as a process on loopback that keeps its objects in memory.</summary>
internal sealed class StandaloneServer : IAsyncDisposable
{
    private readonly ProcessSandbox _sandbox = new("standalone");
    private readonly ManagedProcess _process;

    private StandaloneServer()
    {
        _process = ProgramFile.ApiServer.Prepare(
            _sandbox,
            ["--standalone", "--bind-address=127.0.0.1", "--secure-port=0", "--storage-backend=memory", $"--data-dir={_sandbox.Folder}/data"]);
        _process.Start();
    }

    /// <summary>The kubeconfig file that the server wrote for its administrator.</summary>
    public string KubeconfigPath => Path.Combine(_sandbox.Folder, "data", "admin.kubeconfig");

    /// <summary>Starts one; done when it is ready.</summary>
    public static async Task<StandaloneServer> StartAsync()
    {
        var server = new StandaloneServer();
        try
        {
            await Eventually.True(server.IsReadyAsync, "the server is ready", TimeSpan.FromSeconds(60), () => server._process.TailLog());
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Writes the end of the server's log.</summary>
    public Task WriteLogsAsync(TextWriter writer) => writer.WriteLineAsync($"--- kubefed-apiserver\n{_process.TailLog(100)}");

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();

    private async Task<bool> IsReadyAsync() =>
        File.Exists(KubeconfigPath) && (await AdminKubectl.RunAsync(KubeconfigPath, null, "get", "--raw", "/readyz")).ExitCode == 0;
}
