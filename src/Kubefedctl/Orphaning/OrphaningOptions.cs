namespace KubeFed.Kubefedctl.Orphaning;

/// <summary>What <c>orphaning-deletion</c> was asked for.</summary>
internal sealed record OrphaningOptions
{
    /// <summary>The federated type as the user names it.</summary>
    public required string Type { get; init; }

    /// <summary>The federated object's name.</summary>
    public required string Name { get; init; }

    /// <summary>The object's namespace; empty for the context's.</summary>
    public string Namespace { get; init; } = "";
}
