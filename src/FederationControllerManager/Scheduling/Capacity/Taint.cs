using System.Text.Json;

namespace KubeFed.FederationControllerManager.Scheduling.Capacity;

/// <summary>A taint of a node that keeps pods away.</summary>
internal sealed record Taint(string Key, string Value, string Effect)
{
    /// <summary>The taints of a node's spec that keep pods away; those that only advise are left out.</summary>
    public static IReadOnlyList<Taint> ReadAll(JsonElement taints) => taints.ValueKind != JsonValueKind.Array
        ? []
        : [.. taints.EnumerateArray().Select(static t => new Taint(t.Text("key"), t.Text("value"), t.Text("effect"))).Where(static t => t.Effect is "NoSchedule" or "NoExecute")];
}
