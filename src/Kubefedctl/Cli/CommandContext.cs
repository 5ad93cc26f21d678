using KubeFed.KubeClient.Dynamic;
using KubeFed.Kubefedctl.Clusters;

namespace KubeFed.Kubefedctl.Cli;

/// <summary>What a running command works with.</summary>
internal sealed class CommandContext(CliEnvironment environment, GlobalSettings settings)
{
    public CliEnvironment Environment { get; } = environment;

    public GlobalSettings Settings { get; } = settings;

    public TimeProvider Time => Environment.Time;

    public Progress Progress { get; } = new(environment.Error, settings.DryRun);

    /// <summary>Connects to the host cluster; in a dry run its writes go nowhere.</summary>
    public ClusterConnection ConnectHost() => Connect(ClusterRole.Host, Settings.HostContext);

    /// <summary>Connects to a member cluster; in a dry run its writes go nowhere.</summary>
    public ClusterConnection ConnectMember(string context) => Connect(ClusterRole.Member, context);

    private ClusterConnection Connect(ClusterRole role, string context)
    {
        var cluster = Environment.Connector.Connect(Settings.Kubeconfig, context, role);
        IDynamicClient client = new AttributedClient(cluster.Client, cluster.Title);
        return cluster with { Client = Settings.DryRun ? new DryRunClient(client) : client };
    }
}
