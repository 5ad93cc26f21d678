using KubeFed.TestSupport.Processes;
using KubeFed.TestSupport.Waiting;

namespace KubeFed.FederationApiServer.Tests.Standalone;

/// <summary>The real program, run by itself on a free port with its data in a temp folder, and kubectl against it.</summary>
internal sealed class StandaloneServer : IAsyncDisposable
{
    private readonly ProcessSandbox _sandbox = new("standalone");
    private readonly ManagedProcess _process;

    private StandaloneServer(string kubectl, params IEnumerable<string> arguments)
    {
        Kubectl = kubectl;
        string host = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";
        string program = Path.Combine(AppContext.BaseDirectory, "kubefed-apiserver.dll");
        _process = _sandbox.Prepare(
            "apiserver",
            host,
            [program, "--standalone", "--data-dir", DataFolder, "--bind-address", "127.0.0.1", "--secure-port", "0", .. arguments]);
    }

    public string Kubectl { get; }

    public string Kubeconfig => Path.Combine(DataFolder, "admin.kubeconfig");

    public string DataFolder => Path.Combine(_sandbox.Folder, "data");

    /// <summary>Starts a server, or skips the test where there is no kubectl.</summary>
    public static async Task<StandaloneServer> StartAsync(params IEnumerable<string> arguments)
    {
        string kubectl = Path.Combine(AssetsFolder(), "kubectl");
        if (!File.Exists(kubectl))
        {
            Assert.Ignore($"{kubectl} is missing; run ./build.sh testbed");
        }

        var server = new StandaloneServer(kubectl, arguments);
        await server.BeginAsync();
        return server;
    }

    /// <summary>Runs kubectl and returns what it printed; it must succeed.</summary>
    public async Task<string> RunAsync(params IEnumerable<string> arguments) => (await TryAsync(null, arguments)).EnsureSuccess().Output;

    /// <summary>Applies manifests in one go; it must succeed.</summary>
    public async Task<string> ApplyAsync(string manifests) => (await TryAsync(manifests, "apply", "-f", "-")).EnsureSuccess().Output;

    /// <summary>Runs kubectl with a text as its input.</summary>
    public Task<ProcessResult> TryAsync(string? input, params IEnumerable<string> arguments) => ProcessRunner.RunAsync(
        Kubectl,
        ["--kubeconfig", Kubeconfig, "--cache-dir", Path.Combine(_sandbox.Folder, "cache"), .. arguments],
        new ProcessOptions { Input = input, Timeout = TimeSpan.FromMinutes(3) });

    /// <summary>Stops the server and starts it anew on the same data.</summary>
    public async Task RestartAsync()
    {
        await _process.StopAsync();
        File.Delete(Kubeconfig);
        await BeginAsync();
    }

    public string TailLog() => _process.TailLog();

    public async ValueTask DisposeAsync() => await _sandbox.DisposeAsync();

    private static string AssetsFolder()
    {
        static string? Value(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
        return Value("KUBEBUILDER_ASSETS") ?? Path.Combine(
            Value("KUBEFED_TESTBED") ?? Path.Combine(Value("XDG_CACHE_HOME") ?? Path.Combine(Value("HOME") ?? "/", ".cache"), "kubefed-testbed"), "assets");
    }

    private async Task BeginAsync()
    {
        _process.Start();
        await Eventually.True(
            async () => File.Exists(Kubeconfig) && (await TryAsync(null, "get", "--raw", "/readyz")).ExitCode == 0,
            "the server to be ready",
            TimeSpan.FromMinutes(3),
            () => _process.TailLog());
    }
}
