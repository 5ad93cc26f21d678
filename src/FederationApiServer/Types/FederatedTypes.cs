using System.Collections.Frozen;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiServerRuntime.Caching;
using KubeFed.ApiServerRuntime.Types;
using KubeFed.FederationApis.Core.V1Beta1;
using KubeFed.FederationApis.Crds;
using KubeFed.FederationApis.Serialization;
using KubeFed.FederationApiServer.Admission;
using Microsoft.Extensions.Logging;

namespace KubeFed.FederationApiServer.Types;

/// <summary>
/// Serves a <c>Federated&lt;Kind&gt;</c> type for as long as a FederatedTypeConfig in the control plane's namespace asks for it, and keeps what
/// admission needs to know of types and clusters.
/// </summary>
internal sealed class FederatedTypes(TypeRegistry registry, ITargetDirectory targets, ILogger logger) : IFederatedTypes
{
    private const string Owner = "federated";

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Known> _known = new(StringComparer.Ordinal);
    private IReadOnlyList<CachedObject> _configs = [];
    private volatile FrozenDictionary<GroupResource, FederatedType> _types = FrozenDictionary<GroupResource, FederatedType>.Empty;
    private volatile FrozenSet<string>? _clusters;

    /// <inheritdoc/>
    public IReadOnlySet<string>? Clusters => _clusters;

    /// <inheritdoc/>
    public FederatedType? Find(GroupResource resource) => _types.GetValueOrDefault(resource);

    /// <summary>Takes the clusters as they are now.</summary>
    public void TakeClusters(IEnumerable<CachedObject> clusters) => _clusters = clusters.Select(static cluster => cluster.Object.Metadata.Name).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Takes the type configs as they are now.</summary>
    public void TakeConfigs(IEnumerable<CachedObject> configs)
    {
        lock (_gate)
        {
            _configs = [.. configs];
            Serve();
        }
    }

    /// <summary>Serves the types again with what has been learned of their targets.</summary>
    public void Refresh()
    {
        lock (_gate)
        {
            Serve();
        }
    }

    private void Serve()
    {
        var types = new Dictionary<GroupResource, FederatedType>();
        foreach (var cached in _configs)
        {
            if (Read(cached.Object) is { } config)
            {
                types.TryAdd(FederatedType.Of(config).Resource, FederatedType.Of(config));
                Remember(cached, config);
            }
        }

        foreach (var gone in _known.Keys.Except(_configs.Select(static config => config.Key), StringComparer.Ordinal).ToArray())
        {
            _known.Remove(gone);
        }

        _types = types.ToFrozenDictionary();
        registry.SetTypes(Owner, _known.Values.Select(static known => known.Type).OfType<ResourceType>());
    }

    private void Remember(CachedObject cached, FederatedTypeConfig config)
    {
        var target = targets.Describe(config.Spec.TargetType);
        var spec = cached.Object.GetNode("spec");
        if (_known.TryGetValue(cached.Key, out var known) && known.Target.Equals(target) && JsonNode.DeepEquals(known.Spec, spec))
        {
            return;
        }

        var definition = FederatedTypeFactory.CreateDefinition(target, config.Spec.FederatedType);
        var read = CrdReader.Read(definition.ToNode());
        if (read.Type is null)
        {
            FederatedTypesLog.CannotServe(logger, config.Spec.FederatedType.Kind, config.Metadata.Name, read.Errors.ToString());
        }

        _known[cached.Key] = new Known(spec, target, read.Type);
    }

    private FederatedTypeConfig? Read(KubeObject value)
    {
        try
        {
            return value.Deserialize(FederationJsonContext.Default.FederatedTypeConfig);
        }
        catch (KubeObjectFormatException e)
        {
            FederatedTypesLog.CannotServe(logger, "the type", value.Metadata.Name, e.Message);
            return null;
        }
    }

    private sealed record Known(JsonNode? Spec, FederationTarget Target, ResourceType? Type);
}
