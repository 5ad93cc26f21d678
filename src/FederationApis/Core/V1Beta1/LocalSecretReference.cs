namespace KubeFed.FederationApis.Core.V1Beta1;

/// <summary>A Secret in the control plane's namespace.</summary>
public sealed record LocalSecretReference
{
    /// <summary>A reference to nothing; not valid.</summary>
    public static LocalSecretReference Empty { get; } = new();

    /// <summary>The Secret's name.</summary>
    public string Name { get; init => field = value ?? ""; } = "";
}
