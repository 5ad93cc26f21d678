using System.Text.Json.Nodes;

namespace KubeFed.ApiServerRuntime.Authorization.Rbac;

/// <summary>
/// What a role allows: verbs on resources, or on paths. <c>*</c> stands for all verbs, groups, resources or paths, <c>*/scale</c> for that
/// subresource of all resources, and a path that ends in <c>*</c> for all that begin so. Immutable.
/// </summary>
public sealed record RbacRule
{
    private const string All = "*";

    /// <summary>The verbs.</summary>
    public IReadOnlyList<string> Verbs { get; init; } = [];

    /// <summary>The API groups; the core group is the empty text.</summary>
    public IReadOnlyList<string> ApiGroups { get; init; } = [];

    /// <summary>The resources, with their subresource after a slash.</summary>
    public IReadOnlyList<string> Resources { get; init; } = [];

    /// <summary>The only objects that it is about; empty for all.</summary>
    public IReadOnlyList<string> ResourceNames { get; init; } = [];

    /// <summary>The paths that are no resources.</summary>
    public IReadOnlyList<string> NonResourceUrls { get; init; } = [];

    /// <summary>Reads the member <c>rules</c> of a role; what has a wrong shape allows nothing.</summary>
    public static IReadOnlyList<RbacRule> ReadAll(JsonNode? rules) =>
        rules is JsonArray items ? [.. items.OfType<JsonObject>().Select(Read)] : [];

    /// <summary>The JSON form, without what is empty.</summary>
    public JsonObject ToNode()
    {
        var node = new JsonObject();
        Add(node, "apiGroups", ApiGroups);
        Add(node, "nonResourceURLs", NonResourceUrls);
        Add(node, "resourceNames", ResourceNames);
        Add(node, "resources", Resources);
        node["verbs"] = JsonStrings.Write(Verbs);
        return node;
    }

    /// <summary>Whether the rule allows something.</summary>
    public bool Allows(AuthorizationAttributes attributes)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        if (!Has(Verbs, attributes.Verb))
        {
            return false;
        }

        return attributes.IsResourceRequest
            ? Has(ApiGroups, attributes.Group)
                && HasResource(attributes.Resource, attributes.Subresource)
                && (ResourceNames.Count == 0 || Contains(ResourceNames, attributes.Name))
            : HasPath(attributes.Path);
    }

    /// <summary>Whether two rules say the same in the same order.</summary>
    public bool Equals(RbacRule? other) =>
        other is not null
        && Verbs.SequenceEqual(other.Verbs, StringComparer.Ordinal)
        && ApiGroups.SequenceEqual(other.ApiGroups, StringComparer.Ordinal)
        && Resources.SequenceEqual(other.Resources, StringComparer.Ordinal)
        && ResourceNames.SequenceEqual(other.ResourceNames, StringComparer.Ordinal)
        && NonResourceUrls.SequenceEqual(other.NonResourceUrls, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        HashCode.Combine(Verbs.Count, ApiGroups.Count, Resources.Count, ResourceNames.Count, NonResourceUrls.Count, Verbs.Count > 0 ? Verbs[0] : null);

    /// <summary>Whether a path of a rule stands for another path, which may itself end in <c>*</c>.</summary>
    internal static bool PathCovers(string pattern, string path) =>
        pattern == path || (pattern.EndsWith('*') && path.AsSpan().StartsWith(pattern.AsSpan().TrimEnd('*'), StringComparison.Ordinal));

    private static RbacRule Read(JsonObject rule) => new()
    {
        Verbs = JsonStrings.Read(rule["verbs"]),
        ApiGroups = JsonStrings.Read(rule["apiGroups"]),
        Resources = JsonStrings.Read(rule["resources"]),
        ResourceNames = JsonStrings.Read(rule["resourceNames"]),
        NonResourceUrls = JsonStrings.Read(rule["nonResourceURLs"]),
    };

    private static void Add(JsonObject into, string name, IReadOnlyList<string> values)
    {
        if (values.Count > 0)
        {
            into[name] = JsonStrings.Write(values);
        }
    }

    private static bool Has(IReadOnlyList<string> values, string wanted)
    {
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i] == All || values[i] == wanted)
            {
                return true;
            }
        }

        return false;
    }

    private static bool Contains(IReadOnlyList<string> values, string wanted)
    {
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i] == wanted)
            {
                return true;
            }
        }

        return false;
    }

    private bool HasResource(string resource, string subresource)
    {
        for (var i = 0; i < Resources.Count; i++)
        {
            var pattern = Resources[i];
            if (pattern == All || (subresource.Length == 0 ? pattern == resource : IsSubresource(pattern, resource, subresource)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsSubresource(ReadOnlySpan<char> pattern, string resource, string subresource)
    {
        var slash = pattern.Length - subresource.Length - 1;
        return slash > 0
            && pattern[slash] == '/'
            && pattern[(slash + 1)..].SequenceEqual(subresource)
            && (pattern[..slash] is ['*'] || pattern[..slash].SequenceEqual(resource));
    }

    private bool HasPath(string path)
    {
        for (var i = 0; i < NonResourceUrls.Count; i++)
        {
            if (PathCovers(NonResourceUrls[i], path))
            {
                return true;
            }
        }

        return false;
    }
}
