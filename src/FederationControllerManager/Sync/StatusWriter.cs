using System.Text.Json;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ControllerRuntime.Controllers;
using KubeFed.FederationApis;
using KubeFed.FederationApis.Serialization;
using KubeFed.FederationApis.Types.V1Beta1;
using KubeFed.FederationCore.Statuses;
using KubeFed.FederationControllerManager.Members;
using KubeFed.KubeClient.Dynamic;

namespace KubeFed.FederationControllerManager.Sync;

/// <summary>Writes the status of federated objects: one request, and only when it says something new.</summary>
internal sealed class StatusWriter(FederatedType type, IDynamicClient host, TimeProvider time)
{
    /// <summary>How the control plane writes to federated objects.</summary>
    public static WriteOptions HostWrite { get; } = new() { FieldManager = FederationNames.FieldManager };

    private static readonly WriteOptions StatusWrite = new()
    {
        FieldManager = FederationNames.FieldManager,
        Subresource = "status",
        Representation = Representation.Metadata,
    };

    /// <summary>Brings the status in line with what a round found.</summary>
    public async Task<ReconcileResult> WriteAsync(
        FederatedObject source,
        ObjectState state,
        IReadOnlyList<ClusterResult> reports,
        string reason,
        string? message,
        CancellationToken cancellationToken)
    {
        var outcome = new PropagationOutcome
        {
            Generation = source.Metadata.Generation,
            Reason = reason,
            Message = message,
            Clusters = reports,
            CollectsRemoteStatus = type.CollectsStatus && HasRemoteStatus(reports),
        };
        var update = FederatedStatusMerger.Merge(Newest(source, state), outcome, time.GetUtcNow());
        if (!update.NeedsWrite)
        {
            return ReconcileResult.Done;
        }

        return await PatchAsync(source, state, update.Status, cancellationToken);
    }

    private async Task<ReconcileResult> PatchAsync(
        FederatedObject source, ObjectState state, FederatedStatus status, CancellationToken cancellationToken)
    {
        var patch = new JsonObject
        {
            ["status"] = JsonSerializer.SerializeToNode(status, FederationJsonContext.Default.FederatedStatus),
        };
        try
        {
            var written = await host.PatchAsync(type.Federated, source.Source.Key, Patch.Merge(patch), StatusWrite, cancellationToken);
            lock (state.Gate)
            {
                state.WrittenStatus = status;
                state.WrittenVersion = written.Metadata.ResourceVersion ?? "";
            }
        }
        catch (StatusException e) when (e.IsNotFound)
        {
            // Deleted meanwhile: the watch says so.
        }

        return ReconcileResult.Done;
    }

    /// <summary>A type whose objects have no status in any cluster is in order without.</summary>
    private static bool HasRemoteStatus(IReadOnlyList<ClusterResult> reports)
    {
        foreach (var report in reports)
        {
            if (report.RemoteStatus is not null)
            {
                return true;
            }
        }

        return false;
    }

    private static FederatedStatus Newest(FederatedObject source, ObjectState state)
    {
        lock (state.Gate)
        {
            if (state.WrittenStatus is { } written)
            {
                if (!ResourceVersions.IsAtLeast(source.Metadata.ResourceVersion, state.WrittenVersion))
                {
                    return written;
                }

                state.WrittenStatus = null;
            }
        }

        return source.ReadStatus();
    }
}
