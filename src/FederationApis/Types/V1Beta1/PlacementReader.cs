using System.Text.Json;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiMachinery.Selectors;

namespace KubeFed.FederationApis.Types.V1Beta1;

/// <summary>Reads <c>spec.placement</c>. Unknown members are ignored.</summary>
internal static class PlacementReader
{
    public static Placement Read(JsonElement placement, string path)
    {
        JsonShape.RequireObject(placement, path);
        return new Placement
        {
            Clusters = JsonShape.Member(placement, "clusters") is { } clusters ? ReadClusters(clusters, path + ".clusters") : null,
            ClusterSelector = JsonShape.Member(placement, "clusterSelector") is { } selector
                ? ReadSelector(selector, path + ".clusterSelector")
                : null,
        };
    }

    private static string[] ReadClusters(JsonElement clusters, string path)
    {
        JsonShape.RequireArray(clusters, path);
        var names = new string[clusters.GetArrayLength()];
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = JsonShape.RequireTextMember(clusters[i], "name", $"{path}[{i}]");
        }

        return names;
    }

    private static LabelSelector ReadSelector(JsonElement selector, string path)
    {
        JsonShape.RequireObject(selector, path);
        return new LabelSelector
        {
            MatchLabels = JsonShape.Member(selector, "matchLabels") is { } labels ? ReadLabels(labels, path + ".matchLabels") : null,
            MatchExpressions = JsonShape.Member(selector, "matchExpressions") is { } expressions
                ? ReadExpressions(expressions, path + ".matchExpressions")
                : null,
        };
    }

    private static StringMap ReadLabels(JsonElement labels, string path)
    {
        JsonShape.RequireObject(labels, path);
        var pairs = new List<KeyValuePair<string, string>>();
        foreach (var label in labels.EnumerateObject())
        {
            var name = JsonShape.NameOf(label, path);
            pairs.Add(new(name, JsonShape.RequireText(label.Value, $"{path}[{name}]")));
        }

        return StringMap.From(pairs);
    }

    private static LabelSelectorRequirement[] ReadExpressions(JsonElement expressions, string path)
    {
        JsonShape.RequireArray(expressions, path);
        var result = new LabelSelectorRequirement[expressions.GetArrayLength()];
        for (var i = 0; i < result.Length; i++)
        {
            var at = $"{path}[{i}]";
            result[i] = new LabelSelectorRequirement
            {
                Key = JsonShape.RequireTextMember(expressions[i], "key", at),
                Operator = JsonShape.RequireTextMember(expressions[i], "operator", at),
                Values = JsonShape.Member(expressions[i], "values") is { } values ? ReadValues(values, at + ".values") : null,
            };
        }

        return result;
    }

    private static string[] ReadValues(JsonElement values, string path)
    {
        JsonShape.RequireArray(values, path);
        var result = new string[values.GetArrayLength()];
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = JsonShape.RequireText(values[i], $"{path}[{i}]");
        }

        return result;
    }
}
