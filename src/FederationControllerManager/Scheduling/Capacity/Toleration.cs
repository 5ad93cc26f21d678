using System.Text.Json;

namespace KubeFed.FederationControllerManager.Scheduling.Capacity;

/// <summary>What a pod puts up with.</summary>
internal sealed record Toleration(string Key, string Operator, string Value, string Effect)
{
    /// <summary>The tolerations of a pod's spec.</summary>
    public static IReadOnlyList<Toleration> ReadAll(JsonElement tolerations) => tolerations.ValueKind != JsonValueKind.Array
        ? []
        : [.. tolerations.EnumerateArray().Select(static t => new Toleration(t.Text("key"), t.Text("operator"), t.Text("value"), t.Text("effect")))];

    /// <summary>Whether a taint is put up with, by the rule of Kubernetes.</summary>
    public bool Covers(Taint taint) =>
        (Effect.Length == 0 || Effect == taint.Effect)
        && (Key.Length == 0 ? Operator == "Exists" : Key == taint.Key && (Operator == "Exists" || Value == taint.Value));
}
