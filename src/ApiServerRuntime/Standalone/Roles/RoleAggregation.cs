using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiServerRuntime.Authorization.Rbac;
using KubeFed.ApiServerRuntime.Caching;
using KubeFed.ApiServerRuntime.Standalone.Work;
using KubeFed.ApiServerRuntime.Standalone.Writing;
using KubeFed.ApiServerRuntime.Types;
using Microsoft.Extensions.Logging;

namespace KubeFed.ApiServerRuntime.Standalone.Roles;

/// <summary>Keeps the rules of ClusterRoles that gather those of others.</summary>
internal sealed class RoleAggregation(IResourceCacheSet caches, ObjectClient client, TimeProvider time, ILogger logger)
{
    private static readonly ResourceType ClusterRoles = BuiltinTypes.Get("rbac.authorization.k8s.io", "clusterroles");
    private readonly WorkQueue<string> _queue = new(time);

    /// <summary>Works until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var follower = new SnapshotFollower(caches.Get(ClusterRoles), ClusterRoles.KeyPrefix, _ => _queue.Add(string.Empty), time, logger);
        await Task.WhenAll(follower.RunAsync(cancellationToken), _queue.RunAsync(RefreshAsync, Failed, cancellationToken));
    }

    private async Task RefreshAsync(string key, CancellationToken cancellationToken)
    {
        var snapshot = await caches.Get(ClusterRoles).NewestAsync(cancellationToken);
        var roles = snapshot.Range(ClusterRoles.KeyPrefix).Select(static cached => cached.Object).ToList();
        foreach (var role in roles)
        {
            if (ClusterRoleAggregation.Refreshed(role, roles) is { } refreshed)
            {
                await client.UpdateAsync(ClusterRoles, refreshed.ToNode(), cancellationToken);
            }
        }
    }

    private bool Failed(string key, Exception exception)
    {
        StandaloneLog.WorkRetried(logger, "The aggregation of roles", key, exception.Message);
        return exception is StatusException;
    }
}
