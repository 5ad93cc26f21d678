using System.Globalization;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiMachinery.Quantities;

namespace KubeFed.DevClusters.Controllers.Nodes;

/// <summary>What a node has: as it was described at the cluster's start, and what a person says since by annotations.</summary>
internal static class NodeCapacity
{
    /// <summary>What the annotations begin with that say what a node has. A resource's name follows, as in <c>.../cpu: "2"</c>.</summary>
    public const string Prefix = "capacity.devcluster.kubefed.io/";

    /// <summary>The capacity.</summary>
    /// <param name="node">The node.</param>
    /// <param name="machine">What it has by itself; one that nobody described has what its status says, or what a node has by default.</param>
    public static JsonObject Of(KubeObject node, DevNode? machine)
    {
        var capacity = machine is null && node.GetNode("status", "capacity") is JsonObject own
            ? own.DeepClone().AsObject()
            : Of(machine ?? new DevNode { Name = node.Metadata.Name });
        foreach (var (key, value) in Annotations(node).Where(static pair => MistakeIn(pair.Value) is null))
        {
            capacity[key[Prefix.Length..]] = value;
        }

        return capacity;
    }

    /// <summary>The annotations that are not understood, each as a sentence for a person.</summary>
    public static IEnumerable<string> Mistakes(KubeObject node) =>
        from pair in Annotations(node)
        let mistake = MistakeIn(pair.Value)
        where mistake is not null
        select $"The annotation {pair.Key} is ignored: \"{pair.Value}\": {mistake}";

    private static IEnumerable<KeyValuePair<string, string>> Annotations(KubeObject node) =>
        node.Metadata.Annotations.Where(static pair => pair.Key.StartsWith(Prefix, StringComparison.Ordinal));

    private static string? MistakeIn(string amount) =>
        !Quantity.TryParse(amount, out var quantity, out var why) ? why
        : quantity.Sign < 0 ? "must not be negative"
        : null;

    private static JsonObject Of(DevNode machine) => new()
    {
        ["cpu"] = machine.Cpu,
        ["ephemeral-storage"] = "100Gi",
        ["memory"] = machine.Memory,
        ["pods"] = machine.Pods.ToString(CultureInfo.InvariantCulture),
    };
}
