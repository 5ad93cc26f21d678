using System.Text.Json;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiMachinery.Selectors;

namespace KubeFed.ApiServerRuntime.Authorization.Rbac;

/// <summary>Works out the rules of ClusterRoles that gather those of others (<c>aggregationRule</c>).</summary>
public static class ClusterRoleAggregation
{
    /// <summary>
    /// The rules that a role should have: those of all other roles that one of its selectors matches, in the order of their names, each rule once.
    /// Null for a role that gathers nothing, and for one whose selectors cannot be read.
    /// </summary>
    /// <param name="role">The role.</param>
    /// <param name="all">All ClusterRoles.</param>
    public static IReadOnlyList<RbacRule>? RulesOf(KubeObject role, IEnumerable<KubeObject> all)
    {
        ArgumentNullException.ThrowIfNull(role);
        ArgumentNullException.ThrowIfNull(all);
        if (Selectors(role) is not { } selectors)
        {
            return null;
        }

        var rules = new List<RbacRule>();
        foreach (var other in all.Where(other => other.Metadata.Name != role.Metadata.Name).OrderBy(other => other.Metadata.Name, StringComparer.Ordinal))
        {
            if (selectors.Exists(selector => selector.Matches(other.Metadata.Labels)))
            {
                rules.AddRange(RbacRule.ReadAll(other.GetNode("rules")).Where(rule => !rules.Contains(rule)));
            }
        }

        return rules;
    }

    /// <summary>The role with the rules that it should have; null when it has them, or gathers nothing.</summary>
    public static KubeObject? Refreshed(KubeObject role, IEnumerable<KubeObject> all)
    {
        if (RulesOf(role, all) is not { } rules || rules.SequenceEqual(RbacRule.ReadAll(role.GetNode("rules"))))
        {
            return null;
        }

        var root = role.ToNode();
        root["rules"] = new JsonArray([.. rules.Select(static rule => rule.ToNode())]);
        return KubeObject.FromNode(root);
    }

    private static List<Selector>? Selectors(KubeObject role)
    {
        if (role.GetNode("aggregationRule", "clusterRoleSelectors") is not JsonArray { Count: > 0 } written)
        {
            return null;
        }

        try
        {
            return [.. written.Select(static selector => LabelSelector.ToSelector(selector.Deserialize(SelectorJsonContext.Default.LabelSelector)))];
        }
        catch (Exception e) when (e is SelectorFormatException or JsonException)
        {
            return null;
        }
    }
}
