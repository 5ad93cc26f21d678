using System.Text.Json;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.KubeClient.Dynamic;

namespace KubeFed.FederationControllerManager.Scheduling.Capacity;

/// <summary>
/// Reads what is free in a member: its nodes, then its pods, page by page. Of a page nothing is kept but the sums, so the memory taken is a
/// page and a few numbers for each node, however many pods run.
/// </summary>
internal static class MemberRoomReader
{
    private static readonly GroupVersionResource Nodes = new("", "v1", "nodes");
    private static readonly GroupVersionResource Pods = new("", "v1", "pods");
    private static readonly ListOptions Page = new() { Limit = 500 };
    private static readonly ListOptions UnfinishedPods = Page with { FieldSelector = "status.phase!=Succeeded,status.phase!=Failed" };
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = KubeObject.MaxDepth };

    /// <summary>Reads. Throws what the client throws.</summary>
    public static async Task<MemberRoom> ReadAsync(IResourceReader client, CancellationToken cancellationToken)
    {
        var nodes = new Dictionary<string, NodeRoom>(StringComparer.Ordinal);
        await foreach (var node in client.ListAllAsync(Nodes, null, Page, cancellationToken))
        {
            if (RoomOf(node) is { } room)
            {
                nodes[room.Name] = room;
            }
        }

        await foreach (var pod in client.ListAllAsync(Pods, null, UnfinishedPods, cancellationToken))
        {
            Occupy(pod, nodes);
        }

        return new MemberRoom([.. nodes.Values.OrderBy(static n => n.Name, StringComparer.Ordinal)]);
    }

    /// <summary>All of a node that is allocatable; null where nothing can be scheduled to it.</summary>
    private static NodeRoom? RoomOf(KubeObject node)
    {
        using var spec = Parse(node, "spec");
        using var status = Parse(node, "status");
        if (spec?.RootElement.Member("unschedulable").ValueKind == JsonValueKind.True || status is null || !IsReady(status.RootElement))
        {
            return null;
        }

        var taints = spec is null ? [] : Taint.ReadAll(spec.RootElement.Member("taints"));
        return new NodeRoom(node.Metadata.Name, Amounts.Read(status.RootElement.Member("allocatable")), taints);
    }

    private static bool IsReady(JsonElement status) =>
        status.Member("conditions").Items().Any(static c => c.Text("type") == "Ready" && c.Text("status") == "True");

    private static void Occupy(KubeObject pod, Dictionary<string, NodeRoom> nodes)
    {
        if (pod.GetString("spec", "nodeName") is { Length: > 0 } name
            && nodes.TryGetValue(name, out var node)
            && pod.GetString("status", "phase") is not ("Succeeded" or "Failed")
            && pod.TryGetRaw(out var spec, "spec"))
        {
            node.Free.Subtract(PodFootprint.Of(spec).Requests);
        }
    }

    private static JsonDocument? Parse(KubeObject value, string member) =>
        value.TryGetRaw(out var raw, member) ? JsonDocument.Parse(raw, Options) : null;
}
