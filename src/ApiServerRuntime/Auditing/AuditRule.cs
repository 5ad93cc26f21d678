using KubeFed.ApiServerRuntime.Authentication;
using KubeFed.ApiServerRuntime.Requests;

namespace KubeFed.ApiServerRuntime.Auditing;

/// <summary>A rule of an audit policy: all that it names must fit, and what it leaves out fits always.</summary>
internal sealed record AuditRule
{
    public required AuditLevel Level { get; init; }

    public IReadOnlyList<string> Users { get; init; } = [];

    public IReadOnlyList<string> UserGroups { get; init; } = [];

    public IReadOnlyList<string> Verbs { get; init; } = [];

    public IReadOnlyList<AuditResources> Resources { get; init; } = [];

    public IReadOnlyList<string> Namespaces { get; init; } = [];

    public IReadOnlyList<string> NonResourceUrls { get; init; } = [];

    /// <summary>What holds for requests that the rule fits.</summary>
    public required AuditDecision Decision { get; init; }

    public bool Fits(UserInfo user, RequestInfo info)
    {
        if ((Users.Count > 0 && !Users.Contains(user.Name))
            || (UserGroups.Count > 0 && !UserGroups.Any(user.Groups.Contains))
            || (Verbs.Count > 0 && !Verbs.Contains(info.Verb)))
        {
            return false;
        }

        if (Namespaces.Count > 0 || Resources.Count > 0)
        {
            return info.IsResourceRequest
                && (Namespaces.Count == 0 || Namespaces.Contains(info.Namespace))
                && (Resources.Count == 0 || Resources.Any(resources => resources.Covers(info)));
        }

        return NonResourceUrls.Count == 0 || (!info.IsResourceRequest && NonResourceUrls.Any(pattern => FitsPath(pattern, info.Path)));
    }

    private static bool FitsPath(string pattern, string path) =>
        pattern == path || (pattern.EndsWith('*') && path.AsSpan().StartsWith(pattern.AsSpan().TrimEnd('*'), StringComparison.Ordinal));
}
