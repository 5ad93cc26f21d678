using KubeFed.ApiMachinery.Identity;
using KubeFed.ComponentBase.Health;
using KubeFed.FederationApis;
using KubeFed.KubeClient.Certificates;
using KubeFed.KubeClient.Dynamic;
using KubeFed.KubeClient.Informers;
using Microsoft.Extensions.Logging;

namespace KubeFed.FederationControllerManager.Webhooks;

/// <summary>
/// The validating webhook of a control plane, with its certificates: made by the replicas themselves, shared in a Secret, replaced in time
/// and published in the ValidatingWebhookConfiguration. Every replica serves it, whether it leads or not.
/// </summary>
internal sealed class ValidatingWebhook : IAsyncDisposable
{
    private const string AuthorityName = "kubefed-admission-webhook-ca";
    private const string Service = "kubefed-admission-webhook";

    private static readonly TimeSpan Overlap = TimeSpan.FromHours(1);

    private readonly CancellationTokenSource _stopping = new();
    private readonly SharedInformerCache _informers;
    private readonly InformerLease _configs;
    private readonly InformerLease _clusters;
    private readonly WebhookServer _server;
    private readonly CertificateKeeper _keeper;
    private readonly ILogger _logger;
    private Task _running = Task.CompletedTask;

    private ValidatingWebhook(WebhookOptions options, IDynamicClient host, string federationNamespace, TimeProvider time, ILoggerFactory loggers)
    {
        _logger = loggers.CreateLogger<ValidatingWebhook>();
        _informers = new SharedInformerCache(host, new InformerEnvironment { Time = time, Logger = loggers.CreateLogger<SharedInformer>() });
        _configs = Acquire(FederationResources.FederatedTypeConfigs);
        _clusters = Acquire(FederationResources.KubeFedClusters);
        Targets = new FederatedTargets(_configs.Informer, _clusters.Informer);
        string[] names = [$"{Service}.{federationNamespace}.svc", "localhost", "127.0.0.1", .. options.Hosts];
        var rotation = new CertificateRotation(new CertificateRotationOptions
        {
            Hosts = [.. names.Distinct(StringComparer.Ordinal)],
            AuthorityName = AuthorityName,
            Overlap = Overlap,
        });

        // What is shown until the Secret has been read; nobody trusts it.
        var serving = new ServingCertificate(rotation.Step(CertificateRotationState.Empty, time.GetUtcNow()).State.Leaf!, time, _logger);
        _keeper = new CertificateKeeper(
            host,
            new NamespacedName(federationNamespace, options.Secret),
            FederationNames.FieldManager,
            new WebhookAuthorities(host, options.Configuration, _logger),
            rotation,
            serving,
            time,
            _logger);
        _server = new WebhookServer(options.Address!, serving, new AdmissionReviewer(Targets), loggers);

        InformerLease Acquire(GroupVersionResource resource) => _informers.Acquire(
            resource, new InformerOptions { Namespace = federationNamespace, Transform = InformerTransforms.DropManagedFields });
    }

    /// <summary>The port that it is served on, also when the system chose it.</summary>
    public int Port => _server.Port;

    private FederatedTargets Targets { get; }

    /// <summary>Serves the webhook until it is disposed, where the options want one; null where they do not.</summary>
    /// <exception cref="ComponentBase.Hosting.ComponentStartException">Its address cannot be listened on.</exception>
    public static async Task<ValidatingWebhook?> StartAsync(
        WebhookOptions options,
        IDynamicClient host,
        string federationNamespace,
        HealthChecks health,
        TimeProvider time,
        ILoggerFactory loggers,
        CancellationToken cancellationToken)
    {
        if (options.Address is null)
        {
            return null;
        }

        var webhook = new ValidatingWebhook(options, host, federationNamespace, time, loggers);
        try
        {
            await webhook._server.StartAsync(cancellationToken);
        }
        catch
        {
            await webhook.DisposeAsync();
            throw;
        }

        webhook._running = webhook.RunAsync();
        health.Add(new HealthCheck("webhook", _ => ValueTask.FromResult(webhook._keeper.WhyNotReady)), HealthProbes.Readyz);
        return webhook;
    }

    /// <summary>Ends it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        await _server.DisposeAsync();
        await _configs.DisposeAsync();
        await _clusters.DisposeAsync();
        await _informers.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            await Task.WhenAll(_keeper.RunAsync(_stopping.Token), Targets.RunAsync(_stopping.Token));
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // Asked to stop.
        }
#pragma warning disable CA1031 // A fault of the webhook must not take down the controllers.
        catch (Exception e)
#pragma warning restore CA1031
        {
            WebhookLog.Ended(_logger, e);
        }
    }
}
