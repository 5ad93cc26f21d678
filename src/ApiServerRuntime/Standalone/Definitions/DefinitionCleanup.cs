using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiServerRuntime.Caching;
using KubeFed.ApiServerRuntime.Standalone.Work;
using KubeFed.ApiServerRuntime.Standalone.Writing;
using KubeFed.ApiServerRuntime.Types;
using Microsoft.Extensions.Logging;

namespace KubeFed.ApiServerRuntime.Standalone.Definitions;

/// <summary>
/// Deletes all objects of a type whose definition is being deleted, then lets the definition go. A type that the server serves anyway keeps
/// its objects.
/// </summary>
internal sealed class DefinitionCleanup(
    ITypeSource types, IReadOnlySet<GroupResource> ownTypes, IResourceCacheSet caches, ObjectClient client, TimeProvider time, ILogger logger)
{
    private static readonly ResourceType Definitions = BuiltinTypes.Get("apiextensions.k8s.io", "customresourcedefinitions");

    /// <summary>Works until cancelled.</summary>
    public Task RunAsync(CancellationToken cancellationToken) =>
        new DeletionWork("The cleanup of definitions", Definitions, caches, time, logger).RunAsync(CleanAsync, cancellationToken);

    /// <summary>Deletes the objects of a definition that is being deleted, and lets it go when there are none. False when some are left.</summary>
    public async Task<bool> CleanAsync(string name, CancellationToken cancellationToken)
    {
        var found = await client.FindAsync(Definitions, string.Empty, name, cancellationToken);
        if (found is not { Metadata.IsDeleting: true } || !found.Metadata.Finalizers.Contains(DefinitionRules.Finalizer, StringComparer.Ordinal))
        {
            return true;
        }

        var resource = new GroupResource(found.GetString("spec", "group") ?? string.Empty, found.GetString("spec", "names", "plural") ?? string.Empty);
        if (!ownTypes.Contains(resource) && types.Current.Find(resource) is { } type && type.DefinitionUid == found.Metadata.Uid)
        {
            found = await ReportAsync(found, "InstanceDeletionInProgress", "CustomResource deletion is in progress", cancellationToken);
            if (!await DeleteAllAsync(type, cancellationToken))
            {
                return false;
            }
        }

        await ReleaseAsync(found, cancellationToken);
        return true;
    }

    private async Task<bool> DeleteAllAsync(ResourceType type, CancellationToken cancellationToken)
    {
        await client.DeleteAllAsync(type, string.Empty, cancellationToken);
        var left = await caches.Get(type).NewestAsync(cancellationToken);
        return left.CountRange(type.KeyPrefix) == 0;
    }

    private async Task<KubeObject> ReportAsync(KubeObject found, string reason, string message, CancellationToken cancellationToken)
    {
        var root = found.ToNode();
        if (root["status"] is not JsonObject status)
        {
            root["status"] = status = [];
        }

        return Conditions.Set(status, DefinitionStatus.Terminating, true, reason, message, time.GetUtcNow())
            ? await client.UpdateAsync(Definitions, root, cancellationToken, "status")
            : found;
    }

    private async Task ReleaseAsync(KubeObject found, CancellationToken cancellationToken)
    {
        var root = found.ToNode();
        var finalizers = root["metadata"]!["finalizers"]!.AsArray();
        root["metadata"]!["finalizers"] = new JsonArray(
            [.. finalizers.Where(static f => (string?)f != DefinitionRules.Finalizer).Select(static f => f?.DeepClone())]);
        await client.UpdateAsync(Definitions, root, cancellationToken);
        StandaloneLog.DefinitionGone(logger, found.Metadata.Name);
    }
}
