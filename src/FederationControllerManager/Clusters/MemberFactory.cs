using System.Security.Cryptography;
using System.Text;
using KubeFed.ControllerRuntime.LeaderElection;
using KubeFed.FederationApis.Core.V1Beta1;
using KubeFed.FederationControllerManager.Dispatch;
using KubeFed.FederationControllerManager.Members;
using KubeFed.FederationControllerManager.Telemetry;
using KubeFed.KubeClient.Authentication;
using KubeFed.KubeClient.Configuration;
using KubeFed.KubeClient.Dynamic;
using KubeFed.KubeClient.Informers;
using KubeFed.KubeClient.Transport;
using Microsoft.Extensions.Logging;

namespace KubeFed.FederationControllerManager.Clusters;

/// <summary>Makes the connection to a member from its KubeFedCluster and the Secret that it names.</summary>
internal sealed class MemberFactory(
    DispatcherOptions options, TimeProvider time, FederationMetrics? metrics, ILoggerFactory loggers, Func<bool> isLeader, CancellationToken leading)
    : IMemberFactory
{
    /// <summary>The dispatcher paces itself by what the member answers, and so has to see every 429.</summary>
    private static readonly DynamicClientOptions OneAttempt = new() { MaxAttempts = 1 };

    /// <inheritdoc/>
    public string Fingerprint(KubeFedCluster cluster, MemberSecret secret)
    {
        var spec = cluster.Spec;
        var text = string.Join(
            '\n',
            spec.ApiEndpoint,
            Convert.ToHexString(SHA256.HashData(Authorities(spec, secret).Span)),
            string.Join(',', spec.DisabledTlsValidations ?? []),
            spec.ProxyUrl);
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    /// <inheritdoc/>
    public Member Connect(KubeFedCluster cluster, MemberSecret secret, string fingerprint)
    {
        var name = cluster.Metadata.Name;
        var token = new RotatingToken(secret.Token);
        var rights = new MissingRights(time);
        var transport = KubeTransport.Create(Configure(cluster.Spec, secret, token), time, loggers);
        var client = Client(new DynamicClientOptions());
        var informers = new SharedInformerCache(
            client, new InformerEnvironment { Time = time, Logger = loggers.CreateLogger<SharedInformer>(), Metrics = metrics?.InformersOf(name) });
        var dispatcher = new MemberDispatcher(
            name, new DispatchExecutor(Client(OneAttempt)), options, time, metrics, loggers.CreateLogger<MemberDispatcher>());
        return new Member(name, cluster.Spec.ApiEndpoint, fingerprint, token, rights, client, transport, informers, dispatcher, leading);

        RightsClient Client(DynamicClientOptions settings) =>
            new(new DynamicClient(new LeaderTransport(transport, isLeader), settings, time, loggers.CreateLogger<DynamicClient>()), name, rights);
    }

    private static KubeClientConfig Configure(KubeFedClusterSpec spec, MemberSecret secret, RotatingToken token) => new()
    {
        Server = ParseEndpoint(spec.ApiEndpoint),
        CertificateAuthorityData = Authorities(spec, secret),
        RotatingToken = token,
        ProxyUrl = string.IsNullOrEmpty(spec.ProxyUrl) ? null : new Uri(spec.ProxyUrl),
        DisabledTlsValidations = ParseValidations(spec.DisabledTlsValidations ?? []),
    };

    private static ReadOnlyMemory<byte> Authorities(KubeFedClusterSpec spec, MemberSecret secret) =>
        spec.CaBundle is { IsEmpty: false } bundle ? bundle : secret.CaBundle;

    private static Uri ParseEndpoint(string endpoint)
    {
        var text = endpoint.Contains("://", StringComparison.Ordinal) ? endpoint : "https://" + endpoint;
        return Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http"
            ? uri
            : throw new FormatException($"spec.apiEndpoint \"{endpoint}\" is not the address of an API server");
    }

    private static DisabledTlsValidations ParseValidations(IEnumerable<string> names) =>
        names.Aggregate(DisabledTlsValidations.None, static (flags, name) => flags | name switch
        {
            TlsValidations.All => DisabledTlsValidations.All,
            TlsValidations.SubjectName => DisabledTlsValidations.SubjectName,
            TlsValidations.ValidityPeriod => DisabledTlsValidations.ValidityPeriod,
            _ => throw new FormatException($"spec.disabledTLSValidations: \"{name}\" is not one of *, SubjectName, ValidityPeriod"),
        });
}
