using System.Globalization;
using KubeFed.DevClusters.Controllers.Models;

namespace KubeFed.DevClusters.Controllers.Scheduling;

/// <summary>A pod's own wishes about nodes: its node selector and the hard part of its node affinity.</summary>
internal static class NodeRules
{
    public static bool Allow(PodSpec pod, Node node) =>
        (pod.NodeSelector is null || pod.NodeSelector.All(label => node.Metadata.Labels.TryGetValue(label.Key, out var value) && value == label.Value))
        && (pod.Affinity?.NodeAffinity?.Required is not { } required || required.NodeSelectorTerms.Any(term => Holds(term, node)));

    private static bool Holds(NodeSelectorTerm term, Node node)
    {
        var labels = term.MatchExpressions ?? [];
        var fields = term.MatchFields ?? [];
        return labels.Count + fields.Count > 0
            && labels.All(rule => Holds(rule, node.Metadata.Labels.TryGetValue(rule.Key, out var value) ? value : null))
            && fields.All(rule => Holds(rule, rule.Key == "metadata.name" ? node.Name : null));
    }

    private static bool Holds(NodeSelectorRule rule, string? value) => rule.Operator switch
    {
        "In" => value is not null && rule.Values?.Contains(value) == true,
        "NotIn" => value is null || rule.Values?.Contains(value) != true,
        "Exists" => value is not null,
        "DoesNotExist" => value is null,
        "Gt" => Compare(rule, value) > 0,
        "Lt" => Compare(rule, value) < 0,
        _ => false,
    };

    private static int? Compare(NodeSelectorRule rule, string? value) =>
        long.TryParse(value, CultureInfo.InvariantCulture, out var number)
        && rule.Values is [var text]
        && long.TryParse(text, CultureInfo.InvariantCulture, out var bound)
            ? number.CompareTo(bound)
            : null;
}
