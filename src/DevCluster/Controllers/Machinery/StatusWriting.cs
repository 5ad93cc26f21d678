using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Json;
using KubeFed.ApiMachinery.Objects;
using KubeFed.KubeClient.Dynamic;

namespace KubeFed.DevClusters.Controllers.Machinery;

/// <summary>Writes statuses.</summary>
internal static class StatusWriting
{
    /// <summary>Replaces the status of an object, where it differs, at the version that the object has.</summary>
    /// <returns>What the server stored; null when nothing was to be written.</returns>
    public static Task<KubeObject?> WriteStatusAsync<T>(
        this IDynamicClient client, GroupVersionResource resource, KubeObject value, T status, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        client.WriteStatusAsync(resource, value, JsonSerializer.SerializeToNode(status, type)!.AsObject(), cancellationToken);

    /// <inheritdoc cref="WriteStatusAsync{T}"/>
    public static async Task<KubeObject?> WriteStatusAsync(
        this IDynamicClient client, GroupVersionResource resource, KubeObject value, JsonObject status, CancellationToken cancellationToken) =>
        JsonEquality.Equal(value.GetNode("status") ?? new JsonObject(), status)
            ? null
            : await client.UpdateStatusAsync(resource, value.Change().With(status, "status").Build(), cancellationToken: cancellationToken);
}
