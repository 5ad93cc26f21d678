using KubeFed.KubeClient.Configuration;
using KubeFed.KubeClient.Discovery;
using KubeFed.KubeClient.Dynamic;
using KubeFed.KubeClient.Transport;
using KubeFed.Kubefedctl.Cli;

namespace KubeFed.Kubefedctl.Clusters;

/// <summary>Connects through the contexts of kubeconfigs; owns the connections until it is disposed.</summary>
internal sealed class KubeconfigConnector(TimeProvider time) : IClusterConnector, IAsyncDisposable
{
    /// <summary>What the cluster is called that a pod without a kubeconfig runs in.</summary>
    private const string InCluster = "in-cluster";

    private readonly List<KubeTransport> _transports = [];

    public ClusterConnection Connect(string kubeconfig, string context, ClusterRole role)
    {
        try
        {
            return Connect(new KubeConfigOptions { Path = NullIfEmpty(kubeconfig), Context = NullIfEmpty(context) }, role);
        }
        catch (KubeConfigException e)
        {
            throw new UserException($"{e.Message}{Flag(context, role)}", e);
        }
    }

    public TokenClient ConnectWithToken(ClusterEndpoint endpoint, string token)
    {
        var transport = KubeTransport.Create(
            new KubeClientConfig
            {
                Server = new Uri(endpoint.Server),
                CertificateAuthorityData = endpoint.CaBundle,
                SkipTlsVerify = endpoint.Insecure,
                ProxyUrl = endpoint.ProxyUrl.Length > 0 ? new Uri(endpoint.ProxyUrl) : null,
                Token = token,
            },
            time);
        return new TokenClient(new DynamicClient(transport, time: time), transport);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var transport in _transports)
        {
            await transport.DisposeAsync();
        }
    }

    private ClusterConnection Connect(KubeConfigOptions options, ClusterRole role)
    {
        var document = KubeConfigLoader.LoadDocument(options);
        var config = KubeConfigLoader.Load(options);
        var transport = KubeTransport.Create(config, time);
        _transports.Add(transport);
        var client = new DynamicClient(transport, time: time);
        var discovery = new DiscoveryClient(transport, time);
        return new ClusterConnection
        {
            Role = role,
            Context = document.IsEmpty ? InCluster : options.Context ?? document.CurrentContext,
            DefaultNamespace = config.Namespace,
            Endpoint = EndpointOf(config),
            Client = client,
            Mapper = new RestMapper(discovery, time),
            Discovery = discovery,
            OpenApi = new OpenApiReader(transport, time),
        };
    }

    private static ClusterEndpoint EndpointOf(KubeClientConfig config) => new()
    {
        Server = config.Server.ToString().TrimEnd('/'),
        CaBundle = Authorities(config),
        Insecure = config.SkipTlsVerify,
        TlsServerName = config.TlsServerName ?? "",
        ProxyUrl = config.ProxyUrl?.OriginalString.TrimEnd('/') ?? "",
    };

    private static ReadOnlyMemory<byte> Authorities(KubeClientConfig config)
    {
        if (!config.CertificateAuthorityData.IsEmpty || config.CertificateAuthorityFile is not { } file)
        {
            return config.CertificateAuthorityData;
        }

        try
        {
            return File.ReadAllBytes(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"{file}: the certificate authorities cannot be read: {e.Message}", e);
        }
    }

    private static string Flag(string context, ClusterRole role) => (role, context.Length) switch
    {
        (ClusterRole.Member, _) => "; the member's context is chosen with --cluster-context",
        (ClusterRole.Host, > 0) => "; the host's context is chosen with --host-cluster-context",
        _ => "",
    };

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
