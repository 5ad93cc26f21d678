using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiServerRuntime.Caching;
using KubeFed.ApiServerRuntime.Standalone.Work;
using KubeFed.ApiServerRuntime.Standalone.Writing;
using KubeFed.ApiServerRuntime.Types;
using Microsoft.Extensions.Logging;

namespace KubeFed.ApiServerRuntime.Standalone.Namespaces;

/// <summary>
/// Empties the namespaces that are being deleted, of all types, and lets them go when nothing is left. What holds one is said in its
/// conditions, in kube-controller-manager's words.
/// </summary>
internal sealed class NamespaceController(
    ITypeSource types, IResourceCacheSet caches, ObjectClient client, TimeProvider time, ILogger logger, IForeignContent? foreign = null)
{
    private static readonly ResourceType Namespaces = BuiltinTypes.Get(string.Empty, "namespaces");

    /// <summary>Works until cancelled.</summary>
    public Task RunAsync(CancellationToken cancellationToken) =>
        new DeletionWork("The namespace controller", Namespaces, caches, time, logger).RunAsync(EmptyAsync, cancellationToken);

    /// <summary>Empties a namespace that is being deleted, once, and lets it go when it is empty. False when something is left.</summary>
    public async Task<bool> EmptyAsync(string name, CancellationToken cancellationToken)
    {
        var found = await client.FindAsync(Namespaces, string.Empty, name, cancellationToken);
        if (found is not { Metadata.IsDeleting: true })
        {
            return true;
        }

        await DeleteContentAsync(name, cancellationToken);
        var elsewhere = foreign is null ? NamespaceContent.None : await foreign.DeleteAsync(name, cancellationToken);
        var content = (await CountAsync(name, cancellationToken)).And(elsewhere);
        if (!content.IsEmpty)
        {
            await ReportAsync(found, content, cancellationToken);
            return false;
        }

        await FinalizeAsync(found, cancellationToken);
        return true;
    }

    private async Task DeleteContentAsync(string name, CancellationToken cancellationToken)
    {
        foreach (var type in Contents())
        {
            var snapshot = await caches.Get(type).NewestAsync(cancellationToken);
            if (snapshot.Range(type.KeyPrefixOf(name)).Any(static item => !item.Object.Metadata.IsDeleting))
            {
                await client.DeleteAllAsync(type, name, cancellationToken);
            }
        }
    }

    private async Task<NamespaceContent> CountAsync(string name, CancellationToken cancellationToken)
    {
        var resources = new Dictionary<GroupResource, int>();
        var finalizers = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var type in Contents())
        {
            var snapshot = await caches.Get(type).NewestAsync(cancellationToken);
            foreach (var item in snapshot.Range(type.KeyPrefixOf(name)))
            {
                resources[type.GroupResource] = resources.GetValueOrDefault(type.GroupResource) + 1;
                foreach (string finalizer in item.Object.Metadata.Finalizers)
                {
                    finalizers[finalizer] = finalizers.GetValueOrDefault(finalizer) + 1;
                }
            }
        }

        return new NamespaceContent(resources, finalizers, []);
    }

    private IEnumerable<ResourceType> Contents() => types.Current.Types.Where(static type =>
        type is { Scope: ResourceScope.Namespaced, StoredAs: null, IsForwarded: false } && type.FindVersion(type.StorageVersion)!.Verbs.Contains("delete"));

    private async Task ReportAsync(KubeObject found, NamespaceContent content, CancellationToken cancellationToken)
    {
        var root = found.ToNode();
        if (root["status"] is not JsonObject status)
        {
            root["status"] = status = new JsonObject { ["phase"] = NamespacePhase.Terminating };
        }

        if (content.Describe(status, time.GetUtcNow()))
        {
            await client.UpdateAsync(Namespaces, root, cancellationToken, "status");
        }
    }

    private async Task FinalizeAsync(KubeObject found, CancellationToken cancellationToken)
    {
        var root = found.ToNode();
        if (root["spec"]?["finalizers"] is JsonArray finalizers)
        {
            root["spec"]!["finalizers"] = new JsonArray(
                [.. finalizers.Where(static f => (string?)f != NamespaceRules.Finalizer).Select(static f => f?.DeepClone())]);
        }

        try
        {
            await client.UpdateAsync(Namespaces, root, cancellationToken, "finalize");
            StandaloneLog.NamespaceGone(logger, found.Metadata.Name);
        }
        catch (StatusException e) when (e.IsNotFound)
        {
            // Somebody else let it go.
        }
    }
}
