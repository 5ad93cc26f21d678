namespace KubeFed.Kubefedctl.Install;

/// <summary>What <c>install</c> was asked for.</summary>
internal sealed record InstallOptions
{
    /// <summary><c>Cluster</c> or <c>Namespaced</c>; empty where the user did not say: the present scope, or Cluster.</summary>
    public string Scope { get; init; } = "";

    /// <summary>The control plane's namespace.</summary>
    public required string Namespace { get; init; }

    /// <summary>Whether the objects are printed instead of written.</summary>
    public bool PrintYaml { get; init; }

    /// <summary>Whether nothing is changed.</summary>
    public bool DryRun { get; init; }
}
