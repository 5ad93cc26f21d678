using System.Collections.Frozen;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.FederationApis.Core.V1Beta1;
using KubeFed.FederationApis.Serialization;
using KubeFed.FederationCore.Rendering;
using KubeFed.KubeClient.Informers;

namespace KubeFed.FederationControllerManager.Webhooks;

/// <summary>Follows the FederatedTypeConfigs and KubeFedClusters of the host.</summary>
internal sealed class FederatedTargets(IInformer configs, IInformer clusters) : IFederatedTargets, IInformerHandler
{
    private volatile FrozenDictionary<GroupResource, TargetDescription> _targets = FrozenDictionary<GroupResource, TargetDescription>.Empty;
    private volatile FrozenSet<string>? _clusters;

    /// <inheritdoc/>
    public IReadOnlySet<string>? Clusters => _clusters;

    /// <inheritdoc/>
    public TargetDescription? Find(GroupResource federated) => _targets.GetValueOrDefault(federated);

    /// <summary>Follows until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(configs.WaitForSyncAsync(cancellationToken), clusters.WaitForSyncAsync(cancellationToken));
        using var configChanges = configs.AddHandler(this);
        using var clusterChanges = clusters.AddHandler(this);
        Look();
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
    }

    /// <inheritdoc/>
    public void OnAdd(KubeObject value, bool isInInitialList)
    {
        if (!isInInitialList)
        {
            Look();
        }
    }

    /// <inheritdoc/>
    public void OnUpdate(KubeObject old, KubeObject value)
    {
        if (old.Metadata.Generation != value.Metadata.Generation || old.Metadata.Uid != value.Metadata.Uid)
        {
            Look();
        }
    }

    /// <inheritdoc/>
    public void OnDelete(KubeObject last, bool isFinalStateUnknown) => Look();

    private static IEnumerable<FederatedTypeConfig> Read(KubeObject stored)
    {
        try
        {
            return [stored.Deserialize(FederationJsonContext.Default.FederatedTypeConfig).WithDefaults()];
        }
        catch (KubeObjectFormatException)
        {
            // The controller of type configs says so.
            return [];
        }
    }

    private void Look()
    {
        var targets = new Dictionary<GroupResource, TargetDescription>();
        foreach (var config in configs.Store.List().SelectMany(Read))
        {
            targets.TryAdd(config.Spec.FederatedType.ToGroupVersionResource().GroupResource, TargetDescription.From(config));
        }

        _targets = targets.ToFrozenDictionary();
        _clusters = clusters.Store.List().Select(static cluster => cluster.Metadata.Name).ToFrozenSet(StringComparer.Ordinal);
    }
}
