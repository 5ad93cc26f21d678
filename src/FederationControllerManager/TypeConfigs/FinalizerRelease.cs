using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ControllerRuntime.Finalizers;
using KubeFed.FederationApis;
using KubeFed.KubeClient.Dynamic;

namespace KubeFed.FederationControllerManager.TypeConfigs;

/// <summary>
/// Takes the control plane's finalizer off the federated objects of a type that is no longer propagated: nobody would answer it, so
/// that deletions of the objects, and of their namespaces, would hang. What the members hold stays.
/// </summary>
internal sealed class FinalizerRelease(IDynamicClient host)
{
    private const int Concurrency = 16;
    private const int MaxAttempts = 5;

    private static readonly ListOptions MetadataOnly = new() { Representation = Representation.Metadata, Limit = 500 };
    private static readonly GetOptions MetadataRead = new() { Representation = Representation.Metadata };

    private static readonly WriteOptions Write = new()
    {
        FieldManager = FederationNames.FieldManager,
        Representation = Representation.Metadata,
    };

    /// <summary>Releases all objects, page by page, and returns how many had the finalizer.</summary>
    /// <param name="federated">The federated type; one that the host does not serve any more has no objects.</param>
    /// <param name="namespace">The only namespace to look at, or null for all.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="StatusException">The host refuses; what was released stays released.</exception>
    public async Task<int> RunAsync(GroupVersionResource federated, string? @namespace, CancellationToken cancellationToken)
    {
        var released = 0;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellationToken };
        try
        {
            await Parallel.ForEachAsync(host.ListAllAsync(federated, @namespace, MetadataOnly, cancellationToken), parallel, async (value, token) =>
            {
                if (await ReleaseAsync(federated, value, token))
                {
                    Interlocked.Increment(ref released);
                }
            });
        }
        catch (StatusException e) when (e.IsNotFound)
        {
            // The type is gone, and its objects with it.
        }

        return released;
    }

    private async Task<bool> ReleaseAsync(GroupVersionResource federated, KubeObject? value, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (value?.RemoveFinalizerPatch(FederationFinalizers.SyncController) is not { } patch)
            {
                return false;
            }

            try
            {
                await host.PatchAsync(federated, value.Key, patch, Write, cancellationToken);
                return true;
            }
            catch (StatusException e) when (e.IsNotFound)
            {
                return false;
            }
            catch (StatusException e) when (e.IsConflict && attempt < MaxAttempts)
            {
                value = await host.FindAsync(federated, value.Key, MetadataRead, cancellationToken);
            }
        }
    }
}
