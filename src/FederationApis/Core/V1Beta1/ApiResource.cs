using KubeFed.ApiMachinery.Identity;

namespace KubeFed.FederationApis.Core.V1Beta1;

/// <summary>One API resource, as a FederatedTypeConfig names it.</summary>
public sealed record ApiResource
{
    /// <summary>A resource with nothing set; not valid.</summary>
    public static ApiResource Empty { get; } = new();

    /// <summary>The group; absent for the core group.</summary>
    public string? Group { get; init; }

    /// <summary>The version.</summary>
    public string Version { get; init => field = value ?? ""; } = "";

    /// <summary>The kind.</summary>
    public string Kind { get; init => field = value ?? ""; } = "";

    /// <summary>The plural, lower-case: the name of the resource in URLs.</summary>
    public string PluralName { get; init => field = value ?? ""; } = "";

    /// <summary><c>Cluster</c> or <c>Namespaced</c>.</summary>
    public string Scope { get; init => field = value ?? ""; } = "";

    /// <summary>Whether objects live in namespaces.</summary>
    public bool IsNamespaced() => Scope == ResourceScopes.Namespaced;

    /// <summary>Group, version and kind.</summary>
    public GroupVersionKind ToGroupVersionKind() => new(Group ?? "", Version, Kind);

    /// <summary>Group, version and resource.</summary>
    public GroupVersionResource ToGroupVersionResource() => new(Group ?? "", Version, PluralName);

    /// <summary>The name that a type config of this target has: <c>plural</c> or <c>plural.group</c>.</summary>
    public string ToConfigName() => string.IsNullOrEmpty(Group) ? PluralName : $"{PluralName}.{Group}";

    /// <summary>This resource with <see cref="PluralName"/> derived from the kind if it is empty.</summary>
    public ApiResource WithPluralName() => PluralName.Length > 0 ? this : this with { PluralName = KindNames.Plural(Kind) };
}
