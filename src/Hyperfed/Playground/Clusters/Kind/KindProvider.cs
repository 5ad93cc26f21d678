using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Yaml;
using KubeFed.ApiServerRuntime.Standalone.Installation;
using KubeFed.Hyperfed.Playground.Processes;
using Microsoft.Extensions.Logging;

namespace KubeFed.Hyperfed.Playground.Clusters.Kind;

/// <summary>
/// Clusters of kind (Kubernetes in Docker): one container each, which is control plane and node, and in which the sample's pods really run.
/// </summary>
internal sealed class KindProvider(ExternalTool kind, ExternalTool docker, TimeProvider time) : IClusterProvider
{
    private const long Megabyte = 1024 * 1024;

    public string Name => "kind";

    public string? Missing
    {
        get
        {
            string[] missing = [.. new[] { kind, docker }.Where(static tool => !tool.IsThere).Select(static tool => tool.Name)];
            return missing.Length == 0 ? null : $"PATH has no {string.Join(" and no ", missing)}: install kind (https://kind.sigs.k8s.io) and Docker";
        }
    }

    public bool SimulatesNodes => false;

    public bool ReachesThisProcess => false;

    public long MemoryPerCluster => 700 * Megabyte;

    public async Task<IPlaygroundCluster> StartAsync(ClusterPlan plan, ILoggerFactory logging, CancellationToken cancellationToken)
    {
        // Known on the whole machine, where another playground may have a cluster of the same name.
        var container = new KindContainer($"kubefed-playground-{Environment.ProcessId}-{plan.Name}", kind, docker);
        var folder = new GuardedFolder(plan.Name);
        try
        {
            PrivateFile.Write(folder.File($"{plan.Name}.kind"), container.Name);
            string kubeconfig = await container.CreateAsync(Config(plan), folder.File("kubeconfig"), cancellationToken);
            return new KindCluster(plan.Name, container, folder, Rename(kubeconfig, plan.Name), time, logging);
        }
        catch
        {
            await container.DeleteAsync();
            await folder.DisposeAsync();
            throw;
        }
    }

    /// <summary>One node, which has the labels of the first of the plan.</summary>
    internal static string Config(ClusterPlan plan)
    {
        var labels = new JsonObject();
        foreach (var (key, value) in plan.Nodes[0].Labels)
        {
            labels[key] = value;
        }

        return KubeYaml.Write(new JsonObject
        {
            ["kind"] = "Cluster",
            ["apiVersion"] = "kind.x-k8s.io/v1alpha4",
            ["networking"] = new JsonObject { ["apiServerAddress"] = "127.0.0.1" },
            ["nodes"] = new JsonArray(new JsonObject { ["role"] = "control-plane", ["labels"] = labels }),
        });
    }

    /// <summary>A kubeconfig of one cluster under another name.</summary>
    internal static string Rename(string kubeconfig, string name)
    {
        var config = KubeYaml.ToJson(kubeconfig)!.AsObject();
        foreach (string list in (string[])["clusters", "users", "contexts"])
        {
            config[list]![0]!["name"] = name;
        }

        config["contexts"]![0]!["context"] = new JsonObject { ["cluster"] = name, ["user"] = name };
        config["current-context"] = name;
        return KubeYaml.Write(config);
    }
}
