using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;

namespace KubeFed.DevClusters.Columns;

/// <summary>The cells of the cluster's types that are computed, as kube-apiserver prints them.</summary>
internal static class ClusterColumns
{
    private static readonly Dictionary<(string Resource, string Column), Func<KubeObject, DateTimeOffset, JsonNode?>> Known =
        new(PodColumns.All.Concat(WorkloadColumns.All).Concat(NetworkColumns.All).Concat(OtherColumns.All));

    /// <summary>What computes a column's cell, or null.</summary>
    public static Func<KubeObject, DateTimeOffset, JsonNode?>? Find(GroupResource resource, string column) =>
        Known.GetValueOrDefault((resource.Resource, column));

    /// <summary>An entry of the table.</summary>
    public static KeyValuePair<(string Resource, string Column), Func<KubeObject, DateTimeOffset, JsonNode?>> Of(
        string resource, string column, Func<KubeObject, DateTimeOffset, JsonNode?> compute) => new((resource, column), compute);
}
