using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiServerRuntime.Standalone.Namespaces;
using KubeFed.ApiServerRuntime.Types;
using KubeFed.KubeClient.Dynamic;

namespace KubeFed.DevClusters.Aggregation;

/// <summary>What namespaces hold in the servers of APIServices. Nothing until <see cref="Attach"/>.</summary>
internal sealed class RemoteContent : IForeignContent
{
    private static readonly ListOptions MetadataOnly = new() { Representation = Representation.Metadata };
    private volatile Source? _source;

    /// <summary>Says who forwards to the servers, and by which client they are asked.</summary>
    public void Attach(Aggregator aggregator, IDynamicClient client) => _source = new Source(aggregator, client);

    /// <inheritdoc/>
    public async Task<NamespaceContent> DeleteAsync(string @namespace, CancellationToken cancellationToken)
    {
        var left = new List<KubeObject>();
        var resources = new Dictionary<GroupResource, int>();
        var failures = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var version in _source?.Aggregator.GroupVersions ?? [])
        {
            var (types, failure) = await _source!.Aggregator.DiscoverAsync(version, cancellationToken);
            try
            {
                foreach (var type in (types ?? []).Where(type => IsDeletable(type) && !resources.ContainsKey(type.GroupResource)))
                {
                    var items = await DeleteAsync(_source.Client, type, @namespace, cancellationToken);
                    left.AddRange(items);
                    resources[type.GroupResource] = items.Count;
                }
            }
            catch (Exception e) when (e is HttpRequestException or IOException or StatusException { Code: 503 or 404 })
            {
                (types, failure) = (null, e.Message);
            }

            if (types is null)
            {
                failures[version.ToString()] = failure;
            }
        }

        return new NamespaceContent(
            resources.Where(static pair => pair.Value > 0).ToDictionary(),
            left.SelectMany(static item => item.Metadata.Finalizers).CountBy(static finalizer => finalizer).ToDictionary(),
            [.. failures.Select(static pair => $"{pair.Key}: {pair.Value}")]);
    }

    private static bool IsDeletable(ResourceType type) =>
        type.Scope == ResourceScope.Namespaced && type.Versions[0].Verbs is var verbs && verbs.Contains("list") && verbs.Contains("deletecollection");

    private static async Task<IReadOnlyList<KubeObject>> DeleteAsync(
        IDynamicClient client, ResourceType type, string @namespace, CancellationToken cancellationToken)
    {
        var resource = new GroupVersionResource(type.Group, type.StorageVersion, type.Plural);
        var found = await client.ListAsync(resource, @namespace, MetadataOnly, cancellationToken);
        if (found.Items.All(static item => item.Metadata.IsDeleting))
        {
            return found.Items;
        }

        await client.DeleteCollectionAsync(
            resource, @namespace, new DeleteOptions { PropagationPolicy = PropagationPolicy.Background }, cancellationToken: cancellationToken);
        return (await client.ListAsync(resource, @namespace, MetadataOnly, cancellationToken)).Items;
    }

    private sealed record Source(Aggregator Aggregator, IDynamicClient Client);
}
