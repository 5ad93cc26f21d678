using KubeFed.ComponentBase.Versioning;

namespace KubeFed.ApiServerRuntime.Hosting;

/// <summary>What <c>/version</c> says. Clients decide by it what they ask for, so it names the Kubernetes release whose API is served.</summary>
public sealed record KubernetesVersion
{
    /// <summary>The first number.</summary>
    /// <value>Default <c>1</c>.</value>
    public string Major { get; init; } = "1";

    /// <summary>The second number.</summary>
    /// <value>Default <c>36</c>.</value>
    public string Minor { get; init; } = "36";

    /// <summary>The whole version; it must read as a semantic version.</summary>
    /// <value>Default <c>v1.36.0+kubefed.</c> and the version of this build.</value>
    public string GitVersion { get; init; } = $"v1.36.0+kubefed.{BuildInfo.Current.Version.TrimStart('v')}";

    /// <summary>The build whose commit, date and platform are shown.</summary>
    public BuildInfo Build { get; init; } = BuildInfo.Current;
}
