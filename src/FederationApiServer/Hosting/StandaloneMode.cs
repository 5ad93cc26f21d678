using KubeFed.ApiServerRuntime.Authentication;
using KubeFed.ApiServerRuntime.Authorization;
using KubeFed.ApiServerRuntime.Certificates;
using KubeFed.FederationApiServer.Options;
using KubeFed.FederationApiServer.Types;
using Microsoft.Extensions.Logging;

namespace KubeFed.FederationApiServer.Hosting;

/// <summary>By itself: users and rights are the server's own.</summary>
internal sealed class StandaloneMode : IServerMode
{
    private readonly OwnCertificates _certificates;
    private readonly string _kubeconfig;

    private StandaloneMode(ApiServerProgramOptions options, ILoggerFactory loggers)
    {
        var time = TimeProvider.System;
        var logger = loggers.CreateLogger("KubeFed.FederationApiServer.Identity");
        _certificates = OwnCertificates.Open(Path.Combine(options.Storage.DataDir, "certificates"), time, logger);
        _kubeconfig = Path.Combine(options.Storage.DataDir, "admin.kubeconfig");
        var authorities = new ClientCertificateAuthorities(time, logger);
        authorities.Replace(_certificates.Authority.CertificatePem);
        Parts = new ServerParts
        {
            Authenticator = new RequestAuthenticator([new ClientCertificateAuthenticator(authorities)], logger),
            Authorizer = new UnionAuthorizer(new GroupAuthorizer("system:masters"), PathAuthorizer.Public),
            Certificate = _certificates.Serving(["localhost", "127.0.0.1", .. options.Serving.Hosts]),
            ListeningAsync = (address, _) =>
            {
                PrivateFile.Write(_kubeconfig, AdminKubeconfig.Of(address, _certificates));
                return Task.CompletedTask;
            },
        };
    }

    /// <inheritdoc/>
    public ServerParts Parts { get; }

    /// <inheritdoc/>
    public string? WhyNotReady => null;

    /// <summary>Makes what the server needs.</summary>
    public static Task<StandaloneMode> CreateAsync(ApiServerProgramOptions options, ServerCore core, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ArgumentNullException.ThrowIfNull(core);
        return Task.FromResult(new StandaloneMode(options, loggers));
    }

    /// <inheritdoc/>
    public ITargetDirectory Targets { get; } = new PlainTargets();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
