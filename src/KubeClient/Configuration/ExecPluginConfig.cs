namespace KubeFed.KubeClient.Configuration;

/// <summary>A program that prints credentials (<c>client.authentication.k8s.io</c> v1 or v1beta1).</summary>
public sealed record ExecPluginConfig
{
    /// <summary>The protocol's version that Kubernetes made stable in 1.22.</summary>
    public const string V1 = "client.authentication.k8s.io/v1";

    /// <summary>The protocol's version before.</summary>
    public const string V1Beta1 = "client.authentication.k8s.io/v1beta1";

    /// <summary><see cref="V1"/> or <see cref="V1Beta1"/>; the plugin must answer in the same.</summary>
    public required string ApiVersion { get; init; }

    /// <summary>The program: a path, or a name that is looked up in PATH.</summary>
    public required string Command { get; init; }

    /// <summary>Its arguments.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Variables added to the environment it inherits.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>What to tell a person whose machine lacks the program.</summary>
    public string? InstallHint { get; init; }

    /// <summary>Whether the plugin is told about the cluster in KUBERNETES_EXEC_INFO.</summary>
    public bool ProvideClusterInfo { get; init; }

    /// <summary>The cluster's own JSON for the plugin (the extension <c>client.authentication.k8s.io/exec</c>), or null.</summary>
    public string? ClusterConfigJson { get; init; }

    /// <summary>Whether it may use the terminal. Default <see cref="ExecInteractiveMode.IfAvailable"/>.</summary>
    public ExecInteractiveMode InteractiveMode { get; init; }

    /// <summary>How long a run may take before it is killed and counts as failed. Default two minutes.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The command alone: arguments and environment may hold secrets.</summary>
    public override string ToString() => $"exec plugin \"{Command}\"";
}
