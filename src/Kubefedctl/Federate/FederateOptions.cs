namespace KubeFed.Kubefedctl.Federate;

/// <summary>What <c>federate</c> was asked for.</summary>
internal sealed record FederateOptions
{
    /// <summary>The type as the user names it; empty with a file.</summary>
    public string Type { get; init; } = "";

    /// <summary>The object's name; empty with a file.</summary>
    public string Name { get; init; } = "";

    /// <summary>The object's namespace; empty for the context's.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>Whether the federated objects are printed instead of created.</summary>
    public bool PrintYaml { get; init; }

    /// <summary>Whether types are enabled first where they are not.</summary>
    public bool EnableType { get; init; }

    /// <summary>Whether everything in the namespace is federated after it.</summary>
    public bool Contents { get; init; }

    /// <summary>Types, or whole groups, that <see cref="Contents"/> leaves out.</summary>
    public IReadOnlyList<string> SkipApiResources { get; init; } = [];

    /// <summary>A file of objects to print the federated objects of; <c>-</c> is standard input, empty is none.</summary>
    public string File { get; init; } = "";

    /// <summary>The control plane's namespace.</summary>
    public required string KubeFedNamespace { get; init; }
}
