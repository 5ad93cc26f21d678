using System.Net;
using System.Net.Sockets;
using KubeFed.FederationApis;
using KubeFed.TestSupport.Processes;

namespace KubeFed.Scale.Servers;

/// <summary>The federation's API server by itself, as it is shipped, in a process of its own.</summary>
internal sealed class OwnServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly ProcessSandbox _sandbox;
    private readonly MeasuredServer _server;

    private OwnServer(ProcessSandbox sandbox, MeasuredServer server)
    {
        _sandbox = sandbox;
        _server = server;
    }

    public MeasuredServer Server => _server;

    /// <summary>Starts it on a storage and has it serve the measured type.</summary>
    /// <param name="program">The published program.</param>
    /// <param name="storage">The flags that choose the storage.</param>
    /// <param name="time">The clock of waiting.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public static async Task<OwnServer> StartAsync(string program, string[] storage, TimeProvider time, CancellationToken cancellationToken)
    {
        var sandbox = new ProcessSandbox("scale-apiserver");
        try
        {
            var data = Path.Combine(sandbox.Folder, "data");
            var process = sandbox.Start(
                "kubefed-apiserver",
                program,
                ["--standalone", "--bind-address", "127.0.0.1", "--secure-port", $"{FreePort()}", "--data-dir", data, .. storage]);
            var kubeconfig = Path.Combine(data, "admin.kubeconfig");
            var retry = new Retry(time, Patience, () => process.IsRunning ? "" : process.TailLog(30));
            await retry.UntilAsync(() => Task.FromResult(File.Exists(kubeconfig)), "it writes its kubeconfig", cancellationToken);
            var server = new MeasuredServer("kubefed-apiserver", process.Id, new ServerAccess(kubeconfig));
            await retry.UntilDoneAsync(() => server.Client(0).GetAsync("readyz", cancellationToken), cancellationToken);
            await ServeTypeAsync(server, retry, cancellationToken);
            return new OwnServer(sandbox, server);
        }
        catch
        {
            await sandbox.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _server.Dispose();
        await _sandbox.DisposeAsync();
    }

    private static async Task ServeTypeAsync(MeasuredServer server, Retry retry, CancellationToken cancellationToken)
    {
        await Namespaces.CreateAsync(server, cancellationToken);
        var configs = Http.ApiClient.Path(FederationResources.FederatedTypeConfigs, FederationNames.DefaultNamespace);
        await server.Client(0).PostAsync(configs, Subject.TypeConfig, cancellationToken);
        await retry.UntilDoneAsync(() => server.Client(0).GetAsync(Subject.Path(), cancellationToken), cancellationToken);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
