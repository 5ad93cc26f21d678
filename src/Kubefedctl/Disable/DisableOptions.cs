using KubeFed.FederationApis;

namespace KubeFed.Kubefedctl.Disable;

/// <summary>What <c>disable</c> was asked for.</summary>
internal sealed record DisableOptions
{
    /// <summary>The type as the user names it, or the name of its FederatedTypeConfig.</summary>
    public required string Name { get; init; }

    /// <summary>Whether the federated type's CustomResourceDefinition is deleted too.</summary>
    public bool DeleteCrd { get; init; }

    /// <summary>The group of the federated type, for a type whose FederatedTypeConfig is gone.</summary>
    public string FederatedGroup { get; init; } = FederationGroups.Types;

    /// <summary>The version of the target type to look up; empty for the preferred one.</summary>
    public string TargetVersion { get; init; } = "";

    /// <summary>The control plane's namespace.</summary>
    public required string Namespace { get; init; }

    /// <summary>Whether nothing is changed.</summary>
    public bool DryRun { get; init; }
}
