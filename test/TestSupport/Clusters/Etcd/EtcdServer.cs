using KubeFed.TestSupport.Clusters.Binaries;
using KubeFed.TestSupport.Pki;
using KubeFed.TestSupport.Processes;

namespace KubeFed.TestSupport.Clusters.Etcd;

/// <summary>
/// A real etcd of one or more members as processes on loopback, for tests that speak to it directly. With TLS its folder holds
/// <c>ca.crt</c>, <c>client.crt</c> and <c>client.key</c>. Everything is gone after disposal.
/// </summary>
public sealed class EtcdServer : IAsyncDisposable
{
    private const int Attempts = 3;

    private readonly EtcdServerOptions _options;
    private readonly ProcessSandbox _sandbox = new("etcd");
    private readonly PortReservation[] _ports;
    private readonly List<EtcdMember> _members = [];

    private EtcdServer(EtcdServerOptions options)
    {
        _options = options;
        _ports = PortReservation.Take(new Random(), options.Members * 3);
        if (options.Tls)
        {
            WriteCertificates();
        }

        for (var i = 0; i < options.Members; i++)
        {
            _members.Add(Prepare(i));
        }
    }

    /// <summary>Why there can be none here, as a sentence; null if there can.</summary>
    public static string? Unavailable => new BinariesClusterProvider().Unavailable;

    /// <summary>The members.</summary>
    public IReadOnlyList<EtcdMember> Members => _members;

    /// <summary>The members' client addresses.</summary>
    public IReadOnlyList<string> Endpoints => [.. _members.Select(static member => member.Endpoint)];

    /// <summary>Where the members' data, logs and certificates are.</summary>
    public string Folder => _sandbox.Folder;

    /// <summary>Starts an etcd; done when every member answers.</summary>
    public static async Task<EtcdServer> StartAsync(EtcdServerOptions? options = null)
    {
        for (var attempt = 1; ; attempt++)
        {
            var server = new EtcdServer(options ?? new());
            try
            {
                server._members.ForEach(static member => member.Process.Start());
                foreach (var member in server._members)
                {
                    await member.WaitUntilHealthyAsync();
                }

                return server;
            }
            catch (PortTakenException) when (attempt < Attempts)
            {
                await server.DisposeAsync();
            }
            catch
            {
                await server.DisposeAsync();
                throw;
            }
        }
    }

    /// <summary>Kills the members and deletes their data.</summary>
    public async ValueTask DisposeAsync()
    {
        _members.ForEach(static member => member.Dispose());
        await _sandbox.DisposeAsync();
        foreach (var port in _ports)
        {
            port.Dispose();
        }
    }

    private EtcdMember Prepare(int index)
    {
        var scheme = _options.Tls ? "https" : "http";
        var client = $"{scheme}://127.0.0.1:{ClientPort(index)}";
        var metrics = $"http://127.0.0.1:{_ports[(index * 3) + 2].Port}";
        var cluster = string.Join(',', Enumerable.Range(0, _options.Members).Select(i => $"m{i}={Peer(i)}"));
        List<string> arguments =
        [
            $"--name=m{index}",
            $"--data-dir={Path.Combine(Folder, $"m{index}")}",
            $"--listen-client-urls={client}",
            $"--advertise-client-urls={client}",
            $"--listen-peer-urls={Peer(index)}",
            $"--initial-advertise-peer-urls={Peer(index)}",
            $"--listen-metrics-urls={metrics}",
            $"--initial-cluster={cluster}",
            "--quota-backend-bytes=8589934592",
            "--logger=zap",
            "--log-level=warn",
            .. _options.SkipsSync ? ["--unsafe-no-fsync"] : Array.Empty<string>(),
            .. _options.Tls ? TlsArguments() : [],
            .. _options.Arguments,
        ];
        var process = _sandbox.Prepare($"m{index}", AssetsFolder.FromEnvironment.Etcd, arguments);
        return new EtcdMember(process, client, new Uri(metrics + "/health"));
    }

    private int ClientPort(int index) => _ports[index * 3].Port;

    private string Peer(int index) => $"http://127.0.0.1:{_ports[(index * 3) + 1].Port}";

    private string[] TlsArguments() =>
    [
        $"--cert-file={In("server.crt")}", $"--key-file={In("server.key")}", $"--trusted-ca-file={In("ca.crt")}", "--client-cert-auth",
    ];

    private string In(string name) => Path.Combine(Folder, name);

    private void WriteCertificates()
    {
        using var authority = new CertificateAuthority("etcd-ca");
        File.WriteAllText(In("ca.crt"), authority.CertificatePem);
        Write("server", authority.IssueServer("etcd", "127.0.0.1", "localhost"));
        Write("client", authority.IssueClient("storage"));
        Write("client-2", authority.IssueClient("storage-2"));
    }

    private void Write(string name, IssuedCertificate issued)
    {
        File.WriteAllText(In(name + ".crt"), issued.CertificatePem);
        File.WriteAllText(In(name + ".key"), issued.KeyPem);
    }
}
