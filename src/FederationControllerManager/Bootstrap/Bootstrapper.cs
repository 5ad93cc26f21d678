using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ComponentBase.Hosting;
using KubeFed.FederationApis;
using KubeFed.KubeClient.Dynamic;
using Microsoft.Extensions.Logging;

namespace KubeFed.FederationControllerManager.Bootstrap;

/// <summary>
/// Gives a control plane what its installation wants it to begin with. The FederatedTypeConfigs are created where there is no KubeFedConfig
/// yet, so that types which people disable later stay disabled; the KubeFedConfig is applied at every start, since the installation owns
/// the fields that it sets. Several replicas may do so at the same time.
/// </summary>
internal sealed class Bootstrapper(IDynamicClient host, TimeProvider time, ILogger logger)
{
    /// <summary>The field manager of what is written.</summary>
    internal const string FieldManager = "kubefed-bootstrap";

    private static readonly TimeSpan RetryEvery = TimeSpan.FromSeconds(1);
    private static readonly WriteOptions Write = new() { FieldManager = FieldManager };
    private static readonly ApplyOptions Apply = new() { FieldManager = FieldManager, Force = true };

    /// <summary>Writes the manifests. Waits for as long as the host does not serve their types, or cannot be reached.</summary>
    /// <exception cref="ComponentStartException">The host refuses a manifest.</exception>
    public async Task RunAsync(BootstrapManifests manifests, CancellationToken cancellationToken)
    {
        string? told = null;
        while (true)
        {
            try
            {
                await WriteAsync(manifests, cancellationToken);
                return;
            }
            catch (StatusException e) when (e.IsInvalid || e.IsBadRequest || e.IsForbidden)
            {
                throw new ComponentStartException($"the host refuses what the installation wants the control plane to begin with: {e.Message}", e);
            }
            catch (Exception e) when (e is StatusException or HttpRequestException)
            {
                if (e.Message != told)
                {
                    BootstrapLog.Waiting(logger, told = e.Message);
                }
            }

            await Task.Delay(RetryEvery, time, cancellationToken);
        }
    }

    private async Task WriteAsync(BootstrapManifests manifests, CancellationToken cancellationToken)
    {
        if (manifests.Config is not { } config)
        {
            return;
        }

        if (await host.FindAsync(FederationResources.KubeFedConfigs, config.Key, null, cancellationToken) is null)
        {
            foreach (var type in manifests.Types)
            {
                await CreateAsync(type, cancellationToken);
            }
        }

        await host.ApplyAsync(FederationResources.KubeFedConfigs, config.Key, config.Utf8Json, Apply, cancellationToken);
        BootstrapLog.Done(logger, config.Key.ToString());
    }

    private async Task CreateAsync(KubeObject type, CancellationToken cancellationToken)
    {
        try
        {
            await host.CreateAsync(FederationResources.FederatedTypeConfigs, type, Write, cancellationToken);
        }
        catch (StatusException e) when (e.IsAlreadyExists)
        {
            BootstrapLog.Exists(logger, type.Key.ToString());
        }
    }
}
