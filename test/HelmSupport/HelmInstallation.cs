using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.FederationApis;
using KubeFed.KubeClient.Dynamic;
using KubeFed.TestSupport.Clusters;
using KubeFed.TestSupport.Processes;
using KubeFed.TestSupport.Waiting;

namespace KubeFed.HelmSupport;

/// <summary>
/// A control plane installed by the chart: Helm itself writes it into a real API server, and what the Deployments there ask for is run as
/// processes, with the rights of their service accounts only.
/// </summary>
internal sealed class HelmInstallation : IAsyncDisposable
{
    public const string Release = "kubefed";
    public const string ApiServerDeployment = "kubefed-apiserver";
    public const string ControllerManagerDeployment = "kubefed-controller-manager";

    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private const int LogLines = 150;

    public static readonly GroupVersionResource ApiServices = new("apiregistration.k8s.io", "v1", "apiservices");

    private readonly IDynamicClient _client;
    private readonly JsonObject _values;
    private readonly DeploymentRunner _runner;
    private readonly PortBalancer _service = new();

    private HelmInstallation(TestCluster host, IDynamicClient client, ProcessSandbox sandbox, JsonObject values)
    {
        _client = client;
        _values = values.DeepClone().AsObject();
        _runner = new DeploymentRunner(host, client, FederationNames.DefaultNamespace, sandbox);
        Helm = new HelmClient(host, FederationNames.DefaultNamespace, sandbox.Folder);
    }

    public HelmClient Helm { get; }

    /// <summary>The replicas of the API server.</summary>
    public IReadOnlyList<Pod> ApiServers { get; private set; } = [];

    /// <summary>The replicas of the controller manager.</summary>
    public IReadOnlyList<Pod> ControllerManagers { get; private set; } = [];

    /// <summary>Installs the chart; done when all replicas are ready and the host serves the API.</summary>
    /// <param name="host">The host.</param>
    /// <param name="client">An administrator's client for it.</param>
    /// <param name="sandbox">Where processes and files live. Before it is disposed of the installation has to be.</param>
    /// <param name="values">The chart's values; how the API server is reached is added to them.</param>
    public static async Task<HelmInstallation> InstallAsync(TestCluster host, IDynamicClient client, ProcessSandbox sandbox, JsonObject values)
    {
        var installation = new HelmInstallation(host, client, sandbox, values);
        try
        {
            await installation.UpgradeAsync([]);
            return installation;
        }
        catch
        {
            await installation.WriteLogsAsync(TestContext.Out);
            await installation.DisposeAsync();
            throw;
        }
    }

    /// <summary>Installs the chart, or upgrades it: new replicas take the place of the old ones, the first before the last old one ends.</summary>
    /// <param name="change">Merged into the values.</param>
    public async Task UpgradeAsync(JsonObject change)
    {
        Merge(_values, change);
        Merge(_values, new JsonObject
        {
            ["apiServer"] = new JsonObject
            {
                ["service"] = new JsonObject { ["type"] = "ExternalName", ["externalName"] = "localhost", ["port"] = _service.Port },
            },
        });

        // Kubernetes 1.20 cannot apply an APIService: its API server fails inside.
        await Helm.ApplyAsync(Release, HelmClient.Chart, _values, "--server-side=false");
        ApiServers = await ReplaceAsync(ApiServers, ApiServerDeployment);
        await WaitUntilServedAsync();
        ControllerManagers = await ReplaceAsync(ControllerManagers, ControllerManagerDeployment);
        if (ControllerManagers.Count > 0)
        {
            await WaitUntilBootstrappedAsync();
        }
    }

    /// <summary>Removes the release, then ends the processes, as a cluster would.</summary>
    public async Task UninstallAsync()
    {
        await Helm.UninstallAsync(Release);
        await StopAsync([.. ControllerManagers, .. ApiServers]);
        (ControllerManagers, ApiServers) = ([], []);
    }

    /// <summary>Waits until the host serves the federation's groups.</summary>
    public async Task WaitUntilServedAsync()
    {
        foreach (var name in new[] { "v1beta1.core.kubefed.io", "v1alpha1.core.kubefed.io", "v1alpha1.scheduling.kubefed.io", "v1beta1.types.kubefed.io" })
        {
            await Eventually.GetAsync(
                () => _client.GetAsync(ApiServices, NamespacedName.Cluster(name)),
                static service => IsAvailable(service.GetNode("status", "conditions") as JsonArray),
                $"{name} to be available",
                Patience,
                static service => service.GetNode("status")?.ToJsonString() ?? "no status");
        }
    }

    public async Task WriteLogsAsync(TextWriter writer)
    {
        foreach (var pod in ApiServers.Concat(ControllerManagers))
        {
            await writer.WriteLineAsync($"--- {pod.Process.Name}{(pod.Process.IsRunning ? "" : " (has ended)")}\n{pod.Process.TailLog(LogLines)}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var pod in ControllerManagers.Concat(ApiServers))
        {
            await pod.DisposeAsync();
        }

        await _service.DisposeAsync();
    }

    private async Task<IReadOnlyList<Pod>> ReplaceAsync(IReadOnlyList<Pod> old, string deployment)
    {
        var surges = deployment != ApiServerDeployment || (string?)_values["apiServer"]?["storage"]?["backend"] == "etcd";
        var pods = await _runner.PrepareAsync(deployment);
        if (!surges)
        {
            await StopAsync(old);
        }

        await Task.WhenAll(pods.Select(static pod => pod.StartAsync()));
        if (deployment == ApiServerDeployment)
        {
            _service.Target(pods.Select(static pod => pod.Ports.Values.Single().Port));
        }

        await StopAsync(surges ? old : []);
        return pods;
    }

    private static async Task StopAsync(IEnumerable<Pod> pods)
    {
        foreach (var pod in pods)
        {
            Assert.That(await pod.Process.StopAsync(TimeSpan.FromSeconds(60)), Is.Zero, $"exit code of {pod.Process.Name}");
            await pod.DisposeAsync();
        }
    }

    private Task WaitUntilBootstrappedAsync() => Eventually.GetAsync(
        () => _client.FindAsync(FederationResources.KubeFedConfigs, new NamespacedName(FederationNames.DefaultNamespace, FederationNames.KubeFedConfig)),
        static config => config is not null,
        "the KubeFedConfig to be made",
        Patience,
        _ => ControllerManagers[0].Process.TailLog(30));

    private static bool IsAvailable(JsonArray? conditions) =>
        conditions?.Any(static c => (string?)c?["type"] == "Available" && (string?)c?["status"] == "True") == true;

    private static void Merge(JsonObject target, JsonObject change)
    {
        foreach (var (name, value) in change)
        {
            if (value is JsonObject inner && target[name] is JsonObject existing)
            {
                Merge(existing, inner);
            }
            else
            {
                target[name] = value?.DeepClone();
            }
        }
    }
}
