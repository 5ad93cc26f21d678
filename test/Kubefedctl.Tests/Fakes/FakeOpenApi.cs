using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.Kubefedctl.Clusters;

namespace KubeFed.Kubefedctl.Tests.Fakes;

/// <summary>Every kind has a definition: the one given, or an empty one.</summary>
internal sealed class FakeOpenApi : IOpenApiReader
{
    public Dictionary<GroupVersionKind, JsonObject> Kinds { get; } = [];

    public Task<JsonObject?> FindKindAsync(GroupVersionKind kind, CancellationToken cancellationToken) =>
        Task.FromResult<JsonObject?>(Kinds.GetValueOrDefault(kind) ?? []);
}
