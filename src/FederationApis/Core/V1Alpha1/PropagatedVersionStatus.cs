namespace KubeFed.FederationApis.Core.V1Alpha1;

/// <summary>Versions of the sources and of what became of them in each member.</summary>
public sealed record PropagatedVersionStatus
{
    /// <summary>Nothing recorded.</summary>
    public static PropagatedVersionStatus Empty { get; } = new();

    /// <summary>Hash of the template when the record was written; empty without a template.</summary>
    public string TemplateVersion { get; init => field = value ?? ""; } = "";

    /// <summary>Hash of all overrides when the record was written.</summary>
    public string OverridesVersion { get; init => field = value ?? ""; } = "";

    /// <summary>One entry per member, sorted by name.</summary>
    public IReadOnlyList<ClusterObjectVersion> ClusterVersions { get; init => field = value ?? []; } = [];

    /// <summary>The entry of a cluster, or null.</summary>
    public ClusterObjectVersion? Find(string clusterName) => ClusterVersions.FirstOrDefault(v => v.ClusterName == clusterName);
}
