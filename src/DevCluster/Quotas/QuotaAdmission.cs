using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiMachinery.Quantities;
using KubeFed.ApiServerRuntime.Admission;
using KubeFed.ApiServerRuntime.Caching;
using KubeFed.ApiServerRuntime.Types;
using KubeFed.DevClusters.Types;

namespace KubeFed.DevClusters.Quotas;

/// <summary>
/// Refuses objects for which the quotas of their namespace have no room. What was let in and cannot be read yet counts as well, for
/// <see cref="Memory"/> at most: its write may have failed.
/// </summary>
internal sealed class QuotaAdmission(IResourceCacheSet caches, TimeProvider time) : IAdmissionPlugin, IDisposable
{
    public static readonly TimeSpan Memory = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly List<Admitted> _admitted = [];

    /// <inheritdoc/>
    public async ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (request is not { Operation: AdmissionOperation.Create, Object: { } item, Context: { Subresource: "", Namespace.Length: > 0 } context })
        {
            return;
        }

        var type = ClusterTypes.Get(string.Empty, "resourcequotas");
        var quotas = In(await caches.Get(type).AnyAsync(cancellationToken), type, context.Namespace);
        if (quotas.Count == 0)
        {
            return;
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            await CheckAsync(request, item, quotas, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task CheckAsync(AdmissionRequest request, JsonObject item, List<KubeObject> quotas, CancellationToken cancellationToken)
    {
        var (type, space) = (request.Context.Type, request.Context.Namespace);
        var resource = type.GroupResource;
        string name = (string?)item["metadata"]?["name"] ?? string.Empty;
        var wanted = QuotaUsage.Of(resource, item);
        List<JsonObject>? present = null;
        foreach (var quota in quotas)
        {
            var hard = QuotaUsage.Read(quota.GetNode("spec", "hard"));
            var spec = quota.GetNode("spec");
            if (!QuotaScopes.Choose(spec, resource, item))
            {
                continue;
            }

            RequireAmounts(resource, name, quota.Metadata.Name, item, hard.Keys);
            if (!hard.Keys.Any(wanted.ContainsKey))
            {
                continue;
            }

            present ??= await PresentAsync(type, space, cancellationToken);
            var used = new Dictionary<string, Quantity>(StringComparer.Ordinal);
            foreach (var other in present.Where(other => QuotaScopes.Choose(spec, resource, other)))
            {
                QuotaUsage.Add(used, QuotaUsage.Of(resource, other));
            }

            RequireRoom(resource, name, quota.Metadata.Name, wanted, used, hard);
        }

        if (!request.DryRun && name.Length > 0)
        {
            _admitted.Add(new Admitted(resource, new NamespacedName(space, name), item.DeepClone().AsObject(), time.GetTimestamp()));
        }
    }

    private async Task<List<JsonObject>> PresentAsync(ResourceType type, string space, CancellationToken cancellationToken)
    {
        var stored = In(await caches.Get(type).NewestAsync(cancellationToken), type, space);
        var names = stored.Select(static item => item.Metadata.Name).ToHashSet(StringComparer.Ordinal);
        _admitted.RemoveAll(entry => time.GetElapsedTime(entry.Since) > Memory
            || (entry.Resource == type.GroupResource && entry.Key.Namespace == space && names.Contains(entry.Key.Name)));
        return
        [
            .. stored.Select(static item => item.ToNode()),
            .. _admitted.Where(entry => entry.Resource == type.GroupResource && entry.Key.Namespace == space).Select(static entry => entry.Object),
        ];
    }

    private static List<KubeObject> In(ResourceSnapshot snapshot, ResourceType type, string space) =>
        [.. snapshot.Range(type.KeyPrefixOf(space)).Select(static item => item.Object)];

    private static void RequireAmounts(GroupResource resource, string name, string quota, JsonObject item, IEnumerable<string> names)
    {
        if (resource is not { Group: "", Resource: "pods" })
        {
            return;
        }

        string unsaid = string.Join("; ", QuotaUsage.Unsaid(item, names).Select(static missing => $"{missing.Name} for: {string.Join(',', missing.Containers)}"));
        if (unsaid.Length > 0)
        {
            throw StatusErrors.Forbidden(resource, name, $"failed quota: {quota}: must specify {unsaid}");
        }
    }

    private static void RequireRoom(
        GroupResource resource, string name, string quota, Dictionary<string, Quantity> wanted, Dictionary<string, Quantity> used, Dictionary<string, Quantity> hard)
    {
        var exceeded = hard.Keys.Where(key => wanted.TryGetValue(key, out var more) && used.GetValueOrDefault(key) + more > hard[key])
            .Order(StringComparer.Ordinal)
            .ToList();
        if (exceeded.Count > 0)
        {
            throw StatusErrors.Forbidden(resource, name, $"exceeded quota: {quota}, requested: {List(wanted)}, used: {List(used)}, limited: {List(hard)}");
        }

        string List(Dictionary<string, Quantity> amounts) => string.Join(',', exceeded.Select(key => $"{key}={amounts.GetValueOrDefault(key)}"));
    }

    private sealed record Admitted(GroupResource Resource, NamespacedName Key, JsonObject Object, long Since);
}
