using System.Collections.Concurrent;
using System.Collections.Immutable;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.FederationApis.Crds;
using KubeFed.KubeClient.Discovery;
using Microsoft.Extensions.Logging;
using ApiResource = KubeFed.FederationApis.Core.V1Beta1.ApiResource;

namespace KubeFed.FederationApiServer.Types;

/// <summary>
/// Finds out from the host's discovery what kubefedctl finds out when it enables a type: short names, and whether objects have replicas (the
/// scale subresource tells). Until it is known a type is served without.
/// </summary>
internal sealed class HostTargets(IRestMapper mapper, ILogger logger) : ITargetDirectory
{
    private readonly ConcurrentDictionary<GroupVersionResource, FederationTarget> _known = new();
    private readonly ConcurrentDictionary<GroupVersionResource, Task> _pending = new();
    private ImmutableArray<Action> _listeners = [];

    /// <inheritdoc/>
    public FederationTarget Describe(ApiResource target)
    {
        var resource = target.ToGroupVersionResource();
        if (_known.TryGetValue(resource, out var known))
        {
            return known;
        }

        _ = _pending.GetOrAdd(resource, _ => Task.Run(() => FindAsync(resource, target)));
        return new FederationTarget { Resource = target };
    }

    /// <inheritdoc/>
    public IDisposable OnLearned(Action learned)
    {
        ImmutableInterlocked.Update(ref _listeners, static (listeners, added) => listeners.Add(added), learned);
        return new Subscription(() => ImmutableInterlocked.Update(ref _listeners, static (listeners, gone) => listeners.Remove(gone), learned));
    }

    private async Task FindAsync(GroupVersionResource resource, ApiResource target)
    {
        try
        {
            if (await mapper.FindResourceAsync(resource, CancellationToken.None) is { } found)
            {
                _known[resource] = new FederationTarget
                {
                    Resource = target,
                    ShortNames = found.ShortNames,
                    HasReplicas = found.Subresources.Contains("scale", StringComparer.Ordinal),
                };
                foreach (var learned in _listeners)
                {
                    learned();
                }
            }
        }
        catch (Exception e) when (e is StatusException or HttpRequestException or OperationCanceledException or IOException)
        {
            FederatedTypesLog.CannotDescribe(logger, resource.ToString(), e.Message);
        }
        finally
        {
            _pending.TryRemove(resource, out _);
        }
    }

    private sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
