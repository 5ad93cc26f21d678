using KubeFed.ApiServerRuntime.Requests;

namespace KubeFed.ApiServerRuntime.Auditing;

/// <summary>Resources of a group that an audit rule is about.</summary>
/// <param name="Group">The API group.</param>
/// <param name="Resources">As <c>pods</c>, <c>pods/log</c>, <c>pods/*</c>, <c>*/scale</c>, <c>*</c>; empty for all.</param>
/// <param name="ResourceNames">The only objects; empty for all.</param>
internal sealed record AuditResources(string Group, IReadOnlyList<string> Resources, IReadOnlyList<string> ResourceNames)
{
    public bool Covers(RequestInfo info)
    {
        if (Group != info.Group)
        {
            return false;
        }

        if (Resources.Count == 0)
        {
            return true;
        }

        return (ResourceNames.Count == 0 || ResourceNames.Contains(info.Name)) && Resources.Any(pattern => Covers(pattern, info));
    }

    private static bool Covers(string pattern, RequestInfo info)
    {
        if (pattern == "*")
        {
            return true;
        }

        var slash = pattern.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
        {
            return info.Subresource.Length == 0 && pattern == info.Resource;
        }

        var resource = pattern.AsSpan(0, slash);
        var subresource = pattern.AsSpan(slash + 1);
        return (subresource is "*" && resource.SequenceEqual(info.Resource))
            || (info.Subresource.Length > 0 && subresource.SequenceEqual(info.Subresource) && (resource is "*" || resource.SequenceEqual(info.Resource)));
    }
}
