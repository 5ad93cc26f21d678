using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiServerRuntime.Standalone.Installation;
using KubeFed.FederationApiServer.Options;
using KubeFed.KubeClient.Certificates;
using KubeFed.KubeClient.Dynamic;
using Microsoft.Extensions.Logging;

namespace KubeFed.FederationApiServer.Certificates;

/// <summary>What a server behind a host proves itself with: files, a Secret that the replicas share, or a certificate of its own.</summary>
internal sealed class HostCertificate
{
    /// <summary>In whose name the server writes what its certificates need.</summary>
    internal const string FieldManager = "kubefed-apiserver";

    private static readonly TimeSpan Overlap = TimeSpan.FromDays(1);

    private readonly CertificateKeeper? _keeper;

    private HostCertificate(ServingCertificate serving, CertificateKeeper? keeper = null)
    {
        Serving = serving;
        _keeper = keeper;
    }

    /// <summary>The certificate.</summary>
    public ServingCertificate Serving { get; }

    /// <summary>What keeps it up to date as long as the server runs.</summary>
    public IReadOnlyList<Func<CancellationToken, Task>> Tasks => _keeper is null ? [] : [_keeper.RunAsync];

    /// <summary>Why the host cannot trust it yet; null once it can.</summary>
    public string? WhyNotReady => _keeper?.WhyNotReady;

    /// <summary>Takes or makes it, as the options say.</summary>
    public static HostCertificate Open(ApiServerProgramOptions options, IDynamicClient host, TimeProvider time, ILogger logger)
    {
        var serving = options.Serving;
        if (serving is { CertificateFile: { } certificate, KeyFile: { } key })
        {
            return new HostCertificate(ServingCertificate.FromFiles(certificate, key, time, logger));
        }

        string[] hosts = ["localhost", "127.0.0.1", $"kubefed-apiserver.{options.Host.FederationNamespace}.svc", .. serving.Hosts];
        hosts = [.. hosts.Distinct(StringComparer.Ordinal)];
        if (serving.CertificateSecret is not { } secret)
        {
            return new HostCertificate(OwnCertificates.Open(Path.Combine(options.Storage.DataDir, "certificates"), time, logger).Serving(hosts));
        }

        // What is shown until the Secret has been read; nobody trusts it.
        var rotation = new CertificateRotation(new CertificateRotationOptions { Hosts = hosts, AuthorityName = "kubefed-apiserver-ca", Overlap = Overlap });
        var first = new ServingCertificate(rotation.Step(CertificateRotationState.Empty, time.GetUtcNow()).State.Leaf!, time, logger);
        var name = new NamespacedName(options.Host.FederationNamespace, secret);
        return new HostCertificate(first, new CertificateKeeper(host, name, FieldManager, new ApiServiceAuthorities(host, serving.ApiServices, logger), rotation, first, time, logger));
    }
}
