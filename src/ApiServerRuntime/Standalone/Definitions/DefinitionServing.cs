using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiServerRuntime.Caching;
using KubeFed.ApiServerRuntime.Standalone.Work;
using KubeFed.ApiServerRuntime.Standalone.Writing;
using KubeFed.ApiServerRuntime.Types;
using Microsoft.Extensions.Logging;

namespace KubeFed.ApiServerRuntime.Standalone.Definitions;

/// <summary>
/// Serves the types of the definitions that are stored, and says in their status how it stands with them. Runs on every replica: all work
/// out the same status, and a write that comes too late finds nothing to do.
/// </summary>
internal sealed class DefinitionServing(
    TypeRegistry registry, IReadOnlySet<GroupResource> ownTypes, IResourceCacheSet caches, ObjectClient client, TimeProvider time, ILogger logger)
{
    private const string Owner = "definitions";
    private static readonly ResourceType Definitions = BuiltinTypes.Get("apiextensions.k8s.io", "customresourcedefinitions");

    private readonly Dictionary<string, ServedDefinition> _known = new(StringComparer.Ordinal);
    private readonly WorkQueue<string> _queue = new(time);
    private volatile bool _read;

    /// <summary>Whether the definitions have been read: until then types may be missing.</summary>
    public bool HasRead => _read;

    /// <summary>Follows the definitions until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var follower = new SnapshotFollower(caches.Get(Definitions), Definitions.KeyPrefix, snapshot => Take(snapshot), time, logger);
        await Task.WhenAll(follower.RunAsync(cancellationToken), _queue.RunAsync(ReviewAsync, Failed, cancellationToken));
    }

    /// <summary>Serves what is established in a state of the definitions. Not to be called by several threads at once.</summary>
    public void Take(ResourceSnapshot snapshot)
    {
        var present = new HashSet<string>(StringComparer.Ordinal);
        bool changed = false;
        foreach (var item in snapshot.Range(Definitions.KeyPrefix))
        {
            string name = item.Object.Metadata.Name;
            present.Add(name);
            if (!_known.TryGetValue(name, out var known) || known.Revision != item.Revision)
            {
                var next = ServedDefinition.Read(item, known, logger);
                changed |= next.Type != known?.Type;
                _known[name] = next;
                Review(snapshot, item.Object);
            }
        }

        foreach (string gone in _known.Keys.Where(name => !present.Contains(name)).ToArray())
        {
            changed |= _known.Remove(gone, out var known) && known.Type is not null;
            snapshot.Range(Definitions.KeyPrefix).ToList().ForEach(item => Review(snapshot, item.Object));
        }

        if (changed || !_read)
        {
            registry.SetTypes(Owner, _known.Values.Select(static known => known.Type).OfType<ResourceType>().Where(type => !ownTypes.Contains(type.GroupResource)));
        }

        _read = true;
    }

    /// <summary>Brings the status of a definition up to date.</summary>
    public async Task ReviewAsync(string name, CancellationToken cancellationToken)
    {
        var snapshot = await caches.Get(Definitions).NewestAsync(cancellationToken);
        if (snapshot.Find(Definitions.KeyOf(string.Empty, name)) is not { Object: { Metadata.IsDeleting: false } definition })
        {
            return;
        }

        var root = definition.ToNode();
        if (DefinitionStatus.Update(root, OthersOf(snapshot, definition), time.GetUtcNow()))
        {
            await client.UpdateAsync(Definitions, root, cancellationToken, "status");
        }
    }

    private void Review(ResourceSnapshot snapshot, KubeObject definition)
    {
        if (!definition.Metadata.IsDeleting
            && DefinitionStatus.Update(definition.ToNode(), OthersOf(snapshot, definition), time.GetUtcNow()))
        {
            _queue.Add(definition.Metadata.Name);
        }
    }

    private bool Failed(string name, Exception exception)
    {
        StandaloneLog.WorkRetried(logger, "The definition controller", name, exception.Message);
        return exception is StatusException;
    }

    // Names count as taken once they are accepted, so of two definitions that want one the earlier keeps it.
    private List<DefinitionNames> OthersOf(ResourceSnapshot snapshot, KubeObject definition)
    {
        string group = definition.GetString("spec", "group") ?? string.Empty;
        var others = snapshot.Range(Definitions.KeyPrefix)
            .Where(item => item.Object.Metadata.Name != definition.Metadata.Name && item.Object.GetString("spec", "group") == group)
            .Select(static item => DefinitionNames.Read(item.Object.GetNode("status", "acceptedNames")))
            .ToList();
        string plural = definition.GetString("spec", "names", "plural") ?? string.Empty;
        others.AddRange(registry.Current.Types
            .Where(type => type.Group == group && type.Plural != plural && ownTypes.Contains(type.GroupResource))
            .Select(static type => new DefinitionNames(type.Plural, type.Singular, type.Kind, type.ListKind, type.ShortNames, type.Categories)));
        return others;
    }
}
