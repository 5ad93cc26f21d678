using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiServerRuntime.Caching;
using KubeFed.ApiServerRuntime.Standalone.Work;
using KubeFed.ApiServerRuntime.Standalone.Writing;
using KubeFed.ApiServerRuntime.Types;
using Microsoft.Extensions.Logging;

namespace KubeFed.ApiServerRuntime.Standalone.Accounts;

/// <summary>
/// Keeps in every namespace that is not being deleted a ServiceAccount <c>default</c> and a ConfigMap <c>kube-root-ca.crt</c> with the
/// authority of the server's certificate.
/// </summary>
internal sealed class AccountController(IResourceCacheSet caches, ObjectClient client, string rootAuthority, TimeProvider time, ILogger logger)
{
    private const string Account = "default";
    private const string RootMap = "kube-root-ca.crt";
    private static readonly ResourceType Namespaces = BuiltinTypes.Get(string.Empty, "namespaces");
    private static readonly ResourceType ServiceAccounts = BuiltinTypes.Get(string.Empty, "serviceaccounts");
    private static readonly ResourceType ConfigMaps = BuiltinTypes.Get(string.Empty, "configmaps");
    private readonly WorkQueue<string> _queue = new(time);

    /// <summary>Works until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var followers = new[] { Namespaces, ServiceAccounts, ConfigMaps }
            .Select(type => new SnapshotFollower(caches.Get(type), type.KeyPrefix, _ => CheckSoon(), time, logger));
        await Task.WhenAll(
            [.. followers.Select(follower => follower.RunAsync(cancellationToken)), _queue.RunAsync(CheckAllAsync, Failed, cancellationToken)]);
    }

    /// <summary>Makes what is missing.</summary>
    public async Task CheckAllAsync(string key, CancellationToken cancellationToken)
    {
        var namespaces = await caches.Get(Namespaces).AnyAsync(cancellationToken);
        var accounts = await caches.Get(ServiceAccounts).AnyAsync(cancellationToken);
        var maps = await caches.Get(ConfigMaps).AnyAsync(cancellationToken);
        foreach (var item in namespaces.Range(Namespaces.KeyPrefix))
        {
            string name = item.Object.Metadata.Name;
            if (item.Object.Metadata.IsDeleting)
            {
                continue;
            }

            if (accounts.Find(ServiceAccounts.KeyOf(name, Account)) is null)
            {
                await CreateAsync(ServiceAccounts, name, Root("ServiceAccount", Account), cancellationToken);
            }

            await PublishAsync(name, maps.Find(ConfigMaps.KeyOf(name, RootMap)), cancellationToken);
        }
    }

    private static JsonObject Root(string kind, string name) =>
        new() { ["apiVersion"] = "v1", ["kind"] = kind, ["metadata"] = new JsonObject { ["name"] = name } };

    private void CheckSoon() => _queue.Add(string.Empty);

    private bool Failed(string key, Exception exception)
    {
        StandaloneLog.WorkRetried(logger, "The controller of service accounts", key, exception.Message);
        return exception is StatusException;
    }

    private async Task PublishAsync(string @namespace, CachedObject? present, CancellationToken cancellationToken)
    {
        if (present is null)
        {
            var map = Root("ConfigMap", RootMap);
            map["metadata"]!["annotations"] = new JsonObject
            {
                ["kubernetes.io/description"] = "The authority of the certificate of this server, for clients that run as a service account.",
            };
            map["data"] = Data();
            await CreateAsync(ConfigMaps, @namespace, map, cancellationToken);
        }
        else if (!JsonNode.DeepEquals(present.Object.GetNode("data"), Data()))
        {
            var map = present.Object.ToNode();
            map["data"] = Data();
            await client.UpdateAsync(ConfigMaps, map, cancellationToken);
        }
    }

    private JsonObject Data() => new() { ["ca.crt"] = rootAuthority };

    private async Task CreateAsync(ResourceType type, string @namespace, JsonObject root, CancellationToken cancellationToken)
    {
        try
        {
            await client.CreateAsync(type, @namespace, root, cancellationToken);
        }
        catch (StatusException e) when (e.IsAlreadyExists || e.IsNamespaceTerminating || e.IsNotFound)
        {
            // Somebody else made it, or the namespace is going.
        }
    }
}
