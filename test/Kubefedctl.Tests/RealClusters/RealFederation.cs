using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Yaml;
using KubeFed.Kubefedctl.Cli;
using KubeFed.Kubefedctl.Clusters;
using KubeFed.TestSupport.Clusters;
using KubeFed.TestSupport.IO;

namespace KubeFed.Kubefedctl.Tests.RealClusters;

/// <summary>Real clusters under one kubeconfig with the contexts host and cluster1, and the command line over them.</summary>
internal sealed class RealFederation : IDisposable
{
    private readonly TempFolder _folder = new();

    public RealFederation(ClusterSet clusters)
    {
        Host = clusters.Host;
        Member = clusters.Members[0];
        Kubeconfig = _folder.Write("kubeconfig", Merge(("host", Host), ("cluster1", Member)));
    }

    public TestCluster Host { get; }

    public TestCluster Member { get; }

    public string Kubeconfig { get; private set; }

    public string Out { get; private set; } = "";

    public string Error { get; private set; } = "";

    public string Write(string name, string text) => _folder.Write(name, text);

    /// <summary>Runs a command line against the real clusters and real time.</summary>
    public async Task<int> RunAsync(params string[] arguments)
    {
        var output = new StringWriter();
        var error = new StringWriter();
        await using var connector = new KubeconfigConnector(TimeProvider.System);
        var code = await KubefedctlProgram.RunAsync(
            [.. arguments, "--kubeconfig", Kubeconfig],
            new CliEnvironment { Out = output, Error = error, Connector = connector });
        Out = output.ToString();
        Error = error.ToString();
        await TestContext.Out.WriteLineAsync($"$ kubefedctl {string.Join(' ', arguments)}\n{Out}{Error}");
        return code;
    }

    /// <summary>Runs kubectl and returns what it printed; a failure fails the test.</summary>
    public static async Task<string> KubectlAsync(TestCluster cluster, params string[] arguments) =>
        (await cluster.KubectlAsync(arguments)).EnsureSuccess().Output.Trim();

    public static async Task ApplyAsync(TestCluster cluster, string yaml) =>
        (await cluster.KubectlAsync(yaml, ["apply", "-f", "-"])).EnsureSuccess();

    public void Dispose() => _folder.Dispose();

    /// <summary>One kubeconfig of several, each under a context of the given name.</summary>
    internal static string Merge(params (string Name, TestCluster Cluster)[] clusters)
    {
        var (all, users, contexts) = (new JsonArray(), new JsonArray(), new JsonArray());
        foreach (var (name, cluster) in clusters)
        {
            var one = KubeYaml.ToJson(cluster.KubeconfigYaml)!;
            all.Add(new JsonObject { ["name"] = name, ["cluster"] = one["clusters"]![0]!["cluster"]!.DeepClone() });
            users.Add(new JsonObject { ["name"] = name, ["user"] = one["users"]![0]!["user"]!.DeepClone() });
            contexts.Add(new JsonObject { ["name"] = name, ["context"] = new JsonObject { ["cluster"] = name, ["user"] = name } });
        }

        return KubeYaml.Write(new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Config",
            ["current-context"] = clusters[0].Name,
            ["clusters"] = all,
            ["users"] = users,
            ["contexts"] = contexts,
        });
    }
}
