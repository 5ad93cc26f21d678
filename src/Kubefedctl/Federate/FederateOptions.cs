namespace KubeFed.Kubefedctl.Federate;

/// <summary>What <c>federate</c> was asked for.</summary>
internal sealed record FederateOptions
{
    /// <summary>The type as the user names it.</summary>
    public required string Type { get; init; }

    /// <summary>The object's name.</summary>
    public required string Name { get; init; }

    /// <summary>The object's namespace; empty for the context's.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>Whether the federated object is printed instead of created.</summary>
    public bool PrintYaml { get; init; }

    /// <summary>Whether the type is enabled first where it is not.</summary>
    public bool EnableType { get; init; }

    /// <summary>The control plane's namespace.</summary>
    public required string KubeFedNamespace { get; init; }

    /// <summary>Whether nothing is changed.</summary>
    public bool DryRun { get; init; }
}
