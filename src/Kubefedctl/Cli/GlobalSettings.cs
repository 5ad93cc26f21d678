namespace KubeFed.Kubefedctl.Cli;

/// <summary>The values of <see cref="GlobalFlags"/>.</summary>
internal sealed record GlobalSettings
{
    public string Kubeconfig { get; init; } = "";

    public string HostContext { get; init; } = "";

    public string Namespace { get; init; } = GlobalFlags.DefaultNamespace;

    public bool DryRun { get; init; }

    public int Verbosity { get; init; }
}
