using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Yaml;
using KubeFed.TestSupport.Clusters.Binaries;
using KubeFed.TestSupport.Processes;
using KubeFed.TestSupport.Waiting;

namespace KubeFed.Conformance.Faults.Programs;

/// <summary>kubefed-apiserver by itself, as a process on a port that stays the same when it is killed and started again.</summary>
internal sealed class ApiServerProgram : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly PortReservation _port = PortReservation.Take(new Random());
    private TaskCompletionSource _up = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private HttpClient? _probe;

    private ApiServerProgram(ProcessSandbox sandbox, string name, string? dataFolder, IEnumerable<string> arguments)
    {
        DataFolder = dataFolder ?? Path.Combine(sandbox.Folder, name);
        string host = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";
        Process = sandbox.Prepare(
            name,
            host,
            [
                Path.Combine(AppContext.BaseDirectory, "kubefed-apiserver.dll"), "--standalone", $"--data-dir={DataFolder}", $"--secure-port={_port.Port}",
                "--bind-address=127.0.0.1", .. arguments,
            ]);
    }

    /// <summary>The process.</summary>
    public ManagedProcess Process { get; }

    /// <summary>Where its files are.</summary>
    public string DataFolder { get; }

    /// <summary>The SQLite file.</summary>
    public string Database => Path.Combine(DataFolder, "kubefed.db");

    /// <summary>Where it is reached.</summary>
    public Uri Address => new($"https://127.0.0.1:{_port.Port}/");

    /// <summary>The port it listens on.</summary>
    public int Port => _port.Port;

    /// <summary>Completes when it serves; not completed between a kill and the next time that it is ready.</summary>
    public Task Up => Volatile.Read(ref _up).Task;

    /// <summary>Starts one, and returns when it is ready.</summary>
    public static async Task<ApiServerProgram> StartAsync(ProcessSandbox sandbox, string name, string? dataFolder = null, params IEnumerable<string> arguments)
    {
        var program = new ApiServerProgram(sandbox, name, dataFolder, arguments);
        try
        {
            program.Process.Start();
            await program.WaitUntilReadyAsync();
            return program;
        }
        catch
        {
            await program.DisposeAsync();
            throw;
        }
    }

    /// <summary>Kills it.</summary>
    public async Task KillAsync()
    {
        if (Up.IsCompleted)
        {
            Volatile.Write(ref _up, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        await Process.KillAsync();
    }

    /// <summary>Starts it again, and returns when it is ready.</summary>
    public async Task RestartAsync()
    {
        Process.Start();
        await WaitUntilReadyAsync();
    }

    /// <summary>Waits until it says that it is ready.</summary>
    public async Task WaitUntilReadyAsync()
    {
        await Eventually.True(
            async () =>
            {
                Assert.That(Process.IsRunning, Is.True, () => $"{Process.Name} ended\n{Process.TailLog()}");
                _probe ??= NewClient();
                return await CodeOfAsync("readyz") == HttpStatusCode.OK;
            },
            $"{Process.Name} is ready",
            Patience,
            () => Process.TailLog(20));
        Volatile.Read(ref _up).TrySetResult();
    }

    /// <summary>The code with which a path is answered now.</summary>
    public async Task<HttpStatusCode> CodeOfAsync(string path)
    {
        using HttpResponseMessage answer = await (_probe ??= NewClient()).GetAsync(new Uri(Address, path));
        return answer.StatusCode;
    }

    /// <summary>A client with all rights and connections of its own.</summary>
    /// <param name="http2">Whether it speaks HTTP/2, else HTTP/1.1.</param>
    /// <param name="timeout">How long it waits for an answer; default 20 s.</param>
    public HttpClient NewClient(bool http2 = true, TimeSpan? timeout = null) => new(NewHandler())
    {
        BaseAddress = Address,
        DefaultRequestVersion = http2 ? HttpVersion.Version20 : HttpVersion.Version11,
        DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        Timeout = timeout ?? TimeSpan.FromSeconds(20),
    };

    /// <summary>The certificate of a client with all rights.</summary>
    public X509Certificate2 ClientCertificate()
    {
        JsonNode user = KubeYaml.ToJson(File.ReadAllBytes(Path.Combine(DataFolder, "admin.kubeconfig")))!["users"]![0]!["user"]!;
        return X509Certificate2.CreateFromPem(Text(user["client-certificate-data"]), Text(user["client-key-data"]));

        static string Text(JsonNode? node) => Encoding.UTF8.GetString(Convert.FromBase64String((string)node!));
    }

    public async ValueTask DisposeAsync()
    {
        _probe?.Dispose();
        await Process.DisposeAsync();
        _port.Dispose();
    }

    private SocketsHttpHandler NewHandler() => new()
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        SslOptions =
        {
            ClientCertificates = [ClientCertificate()],
            RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate is not null,
        },
    };
}
