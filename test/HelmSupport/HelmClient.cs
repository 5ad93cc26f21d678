using System.Text.Json.Nodes;
using KubeFed.TestSupport.Clusters;
using KubeFed.TestSupport.IO;
using KubeFed.TestSupport.Processes;

namespace KubeFed.HelmSupport;

/// <summary>The real Helm, as an administrator of a cluster, on a namespace.</summary>
internal sealed class HelmClient(TestCluster cluster, string @namespace, string folder)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    /// <summary>The chart of this source tree.</summary>
    public static string Chart => Repository.Combine("charts", "kubefed");

    /// <summary>Installs or upgrades a release, and fails the test unless that succeeds.</summary>
    /// <param name="release">The release.</param>
    /// <param name="chart">The chart's folder.</param>
    /// <param name="values">The chart's values.</param>
    /// <param name="options">More arguments.</param>
    public async Task<ProcessResult> ApplyAsync(string release, string chart, JsonObject values, params string[] options) =>
        (await TryApplyAsync(release, chart, values, options)).EnsureSuccess();

    /// <summary>Installs or upgrades a release, which may fail.</summary>
    /// <param name="release">The release.</param>
    /// <param name="chart">The chart's folder.</param>
    /// <param name="values">The chart's values.</param>
    /// <param name="options">More arguments.</param>
    public Task<ProcessResult> TryApplyAsync(string release, string chart, JsonObject values, params string[] options) => RunAsync(
        ["upgrade", "--install", release, chart, "--create-namespace", "--values", Write(release, values), .. options]);

    /// <summary>Removes a release and waits until its objects are gone.</summary>
    public async Task<ProcessResult> UninstallAsync(string release) =>
        (await RunAsync(["uninstall", release, "--wait", "--timeout", "60s"])).EnsureSuccess();

    private Task<ProcessResult> RunAsync(string[] arguments) => ProcessRunner.RunAsync(
        Path.Combine(Path.GetDirectoryName(cluster.KubectlPath) ?? "", "helm"),
        [.. arguments, "--namespace", @namespace, "--kubeconfig", cluster.KubeconfigPath],
        new ProcessOptions
        {
            Environment = new Dictionary<string, string?>
            {
                ["HELM_CACHE_HOME"] = Path.Combine(folder, "helm", "cache"),
                ["HELM_CONFIG_HOME"] = Path.Combine(folder, "helm", "config"),
                ["HELM_DATA_HOME"] = Path.Combine(folder, "helm", "data"),
            },
            Timeout = Timeout,
        });

    private string Write(string release, JsonObject values)
    {
        var path = Path.Combine(folder, $"{release}-values.json");
        File.WriteAllText(path, values.ToJsonString());
        return path;
    }
}
