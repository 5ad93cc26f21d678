using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Objects;

namespace KubeFed.ApiServerRuntime.Types;

/// <summary>A column of <c>kubectl get</c>.</summary>
/// <param name="Name">The heading.</param>
/// <param name="Type">integer, number, string, boolean or date.</param>
/// <param name="JsonPath">Where the value is: a path as <c>.spec.replicas</c>, with kubectl's JSONPath templates.</param>
/// <param name="Format">As of OpenAPI; may be empty.</param>
/// <param name="Description">What it means; may be empty.</param>
/// <param name="Priority">0 is always shown, a higher one with <c>-o wide</c>.</param>
public sealed record PrinterColumn(string Name, string Type, string JsonPath, string Format = "", string Description = "", int Priority = 0)
{
    /// <summary>Computes the cell of an object at a time, for built-in types whose values stand nowhere; null where the path says it all.</summary>
    public Func<KubeObject, DateTimeOffset, JsonNode?>? Compute { get; init; }
}
