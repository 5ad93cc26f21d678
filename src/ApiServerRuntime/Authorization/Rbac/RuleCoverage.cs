using KubeFed.ApiMachinery.Validation;

namespace KubeFed.ApiServerRuntime.Authorization.Rbac;

/// <summary>
/// Whether rules that somebody has include rules that are to be given. Both are compared by what they say, not by what exists: <c>*</c> is only
/// covered by <c>*</c>. Source: the RBAC escalation check of kube-apiserver.
/// </summary>
internal static class RuleCoverage
{
    private const string All = "*";

    /// <summary>What of the given rules is not covered, one verb on one resource each; empty when all is.</summary>
    public static IReadOnlyList<RbacRule> Missing(IReadOnlyList<RbacRule> held, IEnumerable<RbacRule> given) =>
        [.. given.SelectMany(Parts).Where(part => !held.Any(rule => Covers(rule, part)))];

    /// <summary>Rules in few lines for people, sorted: verbs on one resource together.</summary>
    public static IEnumerable<string> Describe(IEnumerable<RbacRule> parts) =>
        parts.GroupBy(static part => part.NonResourceUrls.Count > 0 ? (object)part : (part.ApiGroups[0], part.Resources[0], part.ResourceNames is [var name, ..] ? name : null))
            .Select(static same => Text(same.First() with { Verbs = [.. same.SelectMany(static part => part.Verbs)] }))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);

    /// <summary>Texts as <c>["a" "b"]</c>.</summary>
    public static string Quoted(IEnumerable<string> texts) => $"[{string.Join(' ', texts.Select(GoQuote.Quote))}]";

    private static IEnumerable<RbacRule> Parts(RbacRule rule)
    {
        foreach (var verb in rule.Verbs)
        {
            foreach (var group in rule.ApiGroups)
            {
                foreach (var resource in rule.Resources)
                {
                    var part = new RbacRule { ApiGroups = [group], Resources = [resource], Verbs = [verb] };
                    foreach (var named in rule.ResourceNames.Select(name => part with { ResourceNames = [name] }).DefaultIfEmpty(part))
                    {
                        yield return named;
                    }
                }
            }

            foreach (var url in rule.NonResourceUrls)
            {
                yield return new RbacRule { NonResourceUrls = [url], Verbs = [verb] };
            }
        }
    }

    private static bool Covers(RbacRule held, RbacRule part) =>
        HasAll(held.Verbs, part.Verbs)
        && HasAll(held.ApiGroups, part.ApiGroups)
        && part.Resources.All(resource => HasResource(held.Resources, resource))
        && part.NonResourceUrls.All(url => held.NonResourceUrls.Any(pattern => RbacRule.PathCovers(pattern, url)))
        && (held.ResourceNames.Count == 0 || (part.ResourceNames.Count > 0 && part.ResourceNames.All(held.ResourceNames.Contains)));

    private static bool HasAll(IReadOnlyList<string> held, IReadOnlyList<string> given) => held.Contains(All) || given.All(held.Contains);

    private static bool HasResource(IReadOnlyList<string> held, string resource)
    {
        var slash = resource.IndexOf('/', StringComparison.Ordinal);
        return held.Contains(All) || held.Contains(resource) || (slash >= 0 && held.Contains("*" + resource[slash..]));
    }

    private static string Text(RbacRule rule)
    {
        var parts = new List<string>();
        Add("APIGroups", rule.ApiGroups);
        Add("Resources", rule.Resources);
        Add("NonResourceURLs", rule.NonResourceUrls);
        Add("ResourceNames", rule.ResourceNames);
        Add("Verbs", rule.Verbs);
        return $"{{{string.Join(", ", parts)}}}";

        void Add(string name, IReadOnlyList<string> values)
        {
            if (values.Count > 0)
            {
                parts.Add($"{name}:{Quoted(values)}");
            }
        }
    }
}
