using System.Text.Json.Nodes;

namespace KubeFed.ApiServerRuntime.Registry;

/// <summary>A decoded body.</summary>
/// <param name="Root">The object; the callee's to change.</param>
/// <param name="DuplicateFields">Members that were given twice, as <c>spec.replicas</c>: field validation speaks of them.</param>
public sealed record RequestBody(JsonObject Root, IReadOnlyList<string> DuplicateFields);
