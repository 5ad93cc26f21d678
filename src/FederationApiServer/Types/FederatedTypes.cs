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
internal sealed class FederatedTypes(TypeRegistry registry, Func<ApiResource, FederationTarget> describe, ILogger logger) : IFederatedTypes
{
    private const string Owner = "federated";

    private readonly Dictionary<string, (KubeObject Config, ResourceType? Type)> _known = new(StringComparer.Ordinal);
    private volatile FrozenDictionary<GroupResource, FederatedType> _types = FrozenDictionary<GroupResource, FederatedType>.Empty;
    private volatile FrozenSet<string>? _clusters;

    /// <inheritdoc/>
    public IReadOnlySet<string>? Clusters => _clusters;

    /// <inheritdoc/>
    public FederatedType? Find(GroupResource resource) => _types.GetValueOrDefault(resource);

    /// <summary>Takes the clusters as they are now.</summary>
    public void TakeClusters(IEnumerable<CachedObject> clusters) => _clusters = clusters.Select(static cluster => cluster.Object.Metadata.Name).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Takes the type configs as they are now. Not to be called by several threads at once.</summary>
    public void TakeConfigs(IEnumerable<CachedObject> configs)
    {
        var types = new Dictionary<GroupResource, FederatedType>();
        var present = new HashSet<string>(StringComparer.Ordinal);
        foreach (var cached in configs)
        {
            present.Add(cached.Key);
            if (Read(cached.Object) is { } config)
            {
                types.TryAdd(FederatedType.Of(config).Resource, FederatedType.Of(config));
                Remember(cached, config);
            }
        }

        foreach (var gone in _known.Keys.Except(present, StringComparer.Ordinal).ToArray())
        {
            _known.Remove(gone);
        }

        _types = types.ToFrozenDictionary();
        registry.SetTypes(Owner, _known.Values.Select(static known => known.Type).OfType<ResourceType>());
    }

    private void Remember(CachedObject cached, FederatedTypeConfig config)
    {
        if (_known.TryGetValue(cached.Key, out var known) && JsonNode.DeepEquals(known.Config.GetNode("spec"), cached.Object.GetNode("spec")))
        {
            return;
        }

        var definition = FederatedTypeFactory.CreateDefinition(describe(config.Spec.TargetType), config.Spec.FederatedType);
        var read = CrdReader.Read(definition.ToNode());
        if (read.Type is null)
        {
            FederatedTypesLog.CannotServe(logger, config.Spec.FederatedType.Kind, config.Metadata.Name, read.Errors.ToString());
        }

        _known[cached.Key] = (cached.Object, read.Type);
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
}
