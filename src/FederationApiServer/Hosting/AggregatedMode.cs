using KubeFed.ApiServerRuntime.Admission;
using KubeFed.ApiServerRuntime.Authentication;
using KubeFed.ApiServerRuntime.Authorization;
using KubeFed.ApiServerRuntime.Certificates;
using KubeFed.FederationApis.Core.V1Beta1;
using KubeFed.FederationApis.Crds;
using KubeFed.FederationApiServer.Options;
using KubeFed.KubeClient.Dynamic;
using KubeFed.KubeClient.Informers;
using KubeFed.KubeClient.Transport;
using Microsoft.Extensions.Logging;

namespace KubeFed.FederationApiServer.Hosting;

/// <summary>Behind the host's API server: it says who asks, who may do what and which namespaces there are.</summary>
internal sealed class AggregatedMode : IServerMode
{
    private readonly KubeTransport _transport;
    private readonly SharedInformerCache _informers;
    private readonly ExtensionAuthentication _authentication;
    private readonly HostNamespaces _namespaces;

    private AggregatedMode(ApiServerProgramOptions options, ILoggerFactory loggers)
    {
        var time = TimeProvider.System;
        var logger = loggers.CreateLogger("KubeFed.FederationApiServer.Identity");
        _transport = KubeTransport.Create(options.Host.LoadClientConfig(), time, loggers);
        var client = new DynamicClient(_transport, logger: loggers.CreateLogger<DynamicClient>());
        _informers = new SharedInformerCache(client);
        _authentication = new ExtensionAuthentication(_informers, time, logger);
        _namespaces = new HostNamespaces(client, _informers);
        Parts = new ServerParts
        {
            Authenticator = new RequestAuthenticator(
                [
                    _authentication.RequestHeader,
                    new ClientCertificateAuthenticator(_authentication.ClientAuthorities),
                    new BearerTokenAuthenticator(new TokenReviewAuthenticator(client, [], time, logger)),
                ],
                logger),
            Authorizer = new UnionAuthorizer(new GroupAuthorizer("system:masters"), PathAuthorizer.Public, new SubjectAccessReviewAuthorizer(client, time, logger)),
            Certificate = CertificateOf(options, time, logger),
            Admission = [new NamespaceLifecycle(_namespaces, time)],
        };
    }

    /// <inheritdoc/>
    public ServerParts Parts { get; }

    /// <inheritdoc/>
    public string? WhyNotReady => _namespaces.WhyNotReady
        ?? (_authentication.IsLoaded ? null
            : $"the host's ConfigMap kube-system/extension-apiserver-authentication has not been read yet{(_authentication.LastError is { } error ? $": {error.Message}" : string.Empty)}");

    /// <summary>Connects to the host.</summary>
    public static AggregatedMode Create(ApiServerProgramOptions options, ILoggerFactory loggers) => new(options, loggers);

    /// <inheritdoc/>
    public FederationTarget Describe(ApiResource target) => new() { Resource = target, HasReplicas = true };

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _namespaces.DisposeAsync();
        await _authentication.DisposeAsync();
        await _informers.DisposeAsync();
        await _transport.DisposeAsync();
    }

    private static ServingCertificate CertificateOf(ApiServerProgramOptions options, TimeProvider time, ILogger logger) =>
        options.Serving is { CertificateFile: { } certificate, KeyFile: { } key }
            ? ServingCertificate.FromFiles(certificate, key, time, logger)
            : OwnCertificates.Open(Path.Combine(options.Storage.DataDir, "certificates"), time, logger)
                .Serving(["localhost", "127.0.0.1", $"kubefed-apiserver.{options.Host.FederationNamespace}.svc", .. options.Serving.Hosts]);
}
