using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiServerRuntime.Admission;
using KubeFed.ApiServerRuntime.Authentication;
using KubeFed.ApiServerRuntime.Authorization;
using KubeFed.FederationApiServer.Certificates;
using KubeFed.FederationApiServer.Options;
using KubeFed.FederationApiServer.Types;
using KubeFed.KubeClient.Discovery;
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
    private readonly InformerLease _namespaces;
    private readonly HostCertificate _certificate;

    private AggregatedMode(ApiServerProgramOptions options, ILoggerFactory loggers)
    {
        var time = TimeProvider.System;
        var logger = loggers.CreateLogger("KubeFed.FederationApiServer.Identity");
        _transport = KubeTransport.Create(options.Host.LoadClientConfig(), time, loggers);
        var client = new DynamicClient(_transport, logger: loggers.CreateLogger<DynamicClient>());
        _informers = new SharedInformerCache(client);
        _authentication = new ExtensionAuthentication(_informers, time, logger);
        _namespaces = _informers.Acquire(HostNamespaceLookup.Resource, new InformerOptions { Representation = Representation.Metadata });
        var namespaces = new HostNamespaceLookup(name => _namespaces.Informer.Store.Get(NamespacedName.Cluster(name)), client);
        Targets = new HostTargets(RestMapper.Create(_transport), logger);
        _certificate = HostCertificate.Open(options, client, time, logger);
        Parts = new ServerParts
        {
            Authenticator = new RequestAuthenticator(
                [
                    _authentication.RequestHeader,
                    new ClientCertificateAuthenticator(_authentication.ClientAuthorities),
                    .. ExtraCredentials.Certificates(options.Host, time, logger),
                    new BearerTokenAuthenticator([.. ExtraCredentials.Tokens(options.Host), new TokenReviewAuthenticator(client, [], time, logger)]),
                ],
                logger),
            Authorizer = new UnionAuthorizer(new GroupAuthorizer("system:masters"), PathAuthorizer.Public, new SubjectAccessReviewAuthorizer(client, time, logger)),
            Certificate = _certificate.Serving,
            Tasks = _certificate.Tasks,
            Admission = [new NamespaceLifecycle(namespaces, time)],
        };
    }

    /// <inheritdoc/>
    public ServerParts Parts { get; }

    /// <inheritdoc/>
    public string? WhyNotReady =>
        !_namespaces.Informer.HasSynced ? Describe("namespaces", _namespaces.Informer.LastError)
        : !_authentication.IsLoaded ? Describe("ConfigMap kube-system/extension-apiserver-authentication", _authentication.LastError)
        : _certificate.WhyNotReady;

    /// <summary>Connects to the host.</summary>
    public static AggregatedMode Create(ApiServerProgramOptions options, ILoggerFactory loggers) => new(options, loggers);

    /// <inheritdoc/>
    public ITargetDirectory Targets { get; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _namespaces.DisposeAsync();
        await _authentication.DisposeAsync();
        await _informers.DisposeAsync();
        await _transport.DisposeAsync();
    }

    private static string Describe(string what, Exception? error) =>
        $"the host's {what} cannot be read yet{(error is null ? string.Empty : $": {error.Message}")}";
}
