using System.Text.Json.Nodes;
using KubeFed.HelmSupport;
using KubeFed.TestSupport.Clusters;
using KubeFed.TestSupport.IO;
using KubeFed.TestSupport.Processes;

namespace KubeFed.e2e.Charts;

/// <summary>The chart as Helm renders it, without a cluster.</summary>
internal static class HelmTemplate
{
    public const string Namespace = "kube-federation-system";

    /// <summary>Renders the chart, which may fail.</summary>
    /// <param name="values">Its values.</param>
    /// <param name="kubernetes">The version of the cluster that it is rendered for.</param>
    public static async Task<ProcessResult> RenderAsync(JsonObject values, string kubernetes)
    {
        using var folder = new TempFolder();
        var file = folder.Write("values.json", values.ToJsonString());
        return await ProcessRunner.RunAsync(
            TestBed.Require("helm"),
            ["template", "kubefed", HelmClient.Chart, "--namespace", Namespace, "--values", file, "--kube-version", kubernetes],
            new ProcessOptions
            {
                Environment = new Dictionary<string, string?> { ["HELM_CACHE_HOME"] = folder.Path, ["HELM_CONFIG_HOME"] = folder.Path, ["HELM_DATA_HOME"] = folder.Path },
            });
    }
}
