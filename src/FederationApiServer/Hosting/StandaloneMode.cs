using KubeFed.ApiServerRuntime.Authentication;
using KubeFed.ApiServerRuntime.Authentication.Tokens;
using KubeFed.ApiServerRuntime.Certificates;
using KubeFed.ApiServerRuntime.Standalone;
using KubeFed.ApiServerRuntime.Standalone.Installation;
using KubeFed.FederationApiServer.Options;
using KubeFed.FederationApiServer.Types;
using KubeFed.KubeClient.Certificates;
using Microsoft.Extensions.Logging;

namespace KubeFed.FederationApiServer.Hosting;

/// <summary>By itself: users, rights, namespaces, secrets and custom types are the server's own.</summary>
internal sealed class StandaloneMode : IServerMode
{
    private readonly StandaloneApi _api;
    private readonly TokenSigner _signer;

    private StandaloneMode(ApiServerProgramOptions options, ServerCore core, ILoggerFactory loggers)
    {
        var time = TimeProvider.System;
        var logger = loggers.CreateLogger("KubeFed.FederationApiServer.Standalone");
        var certificates = OwnCertificates.Open(Path.Combine(options.Storage.DataDir, "certificates"), time, logger);
        _signer = TokenSigner.FromFile(Path.Combine(options.Storage.DataDir, "certificates", "service-accounts.key"));
        _api = new StandaloneApi(new StandaloneOptions
        {
            Types = core.Types,
            Caches = core.Caches,
            OwnTypes = core.FederationTypes,
            RootAuthority = certificates.Authority.CertificatePem,
            Tokens = ExtraCredentials.Tokens(options.Host),
            Signer = _signer,
            Identity = IdentityOf(options.Storage),
            Time = time,
            Logging = loggers,
        });
        Targets = new OwnTargets(core.Types);
        Parts = new ServerParts
        {
            Authenticator = new RequestAuthenticator(
                [
                    new ClientCertificateAuthenticator(AuthoritiesOf(certificates, time, logger)),
                    .. ExtraCredentials.Certificates(options.Host, time, logger),
                    new BearerTokenAuthenticator(_api.Tokens),
                ],
                logger),
            Authorizer = _api.Authorizer,
            Certificate = CertificateOf(options.Serving, certificates, time, logger),
            Admission = _api.Admission,
            Handlers = _api.Handlers,
            Attach = _api.Attach,
            Tasks = [_api.RunAsync],
            ListeningAsync = (address, _) => WelcomeAsync(Path.GetFullPath(Path.Combine(options.Storage.DataDir, "admin.kubeconfig")), address, certificates, logger),
        };
    }

    /// <inheritdoc/>
    public ServerParts Parts { get; }

    /// <inheritdoc/>
    public string? WhyNotReady => _api.WhyNotReady;

    /// <summary>Makes what the server needs.</summary>
    public static Task<StandaloneMode> CreateAsync(ApiServerProgramOptions options, ServerCore core, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(new StandaloneMode(options, core, loggers));
    }

    /// <inheritdoc/>
    public ITargetDirectory Targets { get; }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _signer.Dispose();
        return ValueTask.CompletedTask;
    }

    private static ClientCertificateAuthorities AuthoritiesOf(OwnCertificates certificates, TimeProvider time, ILogger logger)
    {
        var authorities = new ClientCertificateAuthorities(time, logger);
        authorities.Replace(certificates.Authority.CertificatePem);
        return authorities;
    }

    private static ServingCertificate CertificateOf(ServingOptions serving, OwnCertificates certificates, TimeProvider time, ILogger logger) =>
        serving is { CertificateFile: { } certificate, KeyFile: { } key }
            ? ServingCertificate.FromFiles(certificate, key, time, logger)
            : certificates.Serving(["localhost", "127.0.0.1", .. serving.Hosts]);

    // Only etcd can be shared. Alone, the server is always the same one and need not wait for its own lease.
    private static string IdentityOf(StorageOptions storage) =>
        storage.Backend == StorageBackend.Etcd ? $"{Environment.MachineName}_{Guid.NewGuid()}" : "kubefed-apiserver";

    private static Task WelcomeAsync(string kubeconfig, Uri address, OwnCertificates certificates, ILogger logger)
    {
        PrivateFile.Write(kubeconfig, AdminKubeconfig.Of(address, certificates));
        StandaloneModeLog.Ready(logger, address, kubeconfig);
        return Task.CompletedTask;
    }
}
