using KubeFed.FederationApis;

namespace KubeFed.Kubefedctl.Enable;

/// <summary>What <c>enable</c> was asked for.</summary>
internal sealed record EnableOptions
{
    public const string DefaultFederatedVersion = "v1beta1";

    /// <summary>The type as the user names it.</summary>
    public required string Name { get; init; }

    /// <summary>The version of the type to federate; empty for the one the server prefers.</summary>
    public string TargetVersion { get; init; } = "";

    /// <summary>The group of the federated type.</summary>
    public string FederatedGroup { get; init; } = FederationGroups.Types;

    /// <summary>The version of the federated type.</summary>
    public string FederatedVersion { get; init; } = DefaultFederatedVersion;

    /// <summary>The control plane's namespace.</summary>
    public required string Namespace { get; init; }
}
