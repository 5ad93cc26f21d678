using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.e2e.Federations;
using KubeFed.e2e.Installations;
using KubeFed.e2e.Scenarios;

namespace KubeFed.e2e.Isolated;

/// <summary>What needs a federation for itself: the tests count its requests, or break and mend it, one after the other.</summary>
[TestFixture(nameof(Installation.CustomResources))]
[TestFixture(nameof(Installation.Aggregated))]
[Parallelizable(ParallelScope.Self)]
public sealed partial class IsolatedTests(string installation)
{
    private const string ConfigMaps = "configmaps";

    private Federation Federation { get; set; } = null!;

    private static JsonObject Config => new()
    {
        ["controllerDuration"] = new JsonObject { ["availableDelay"] = "1s", ["unavailableDelay"] = "1s" },
        ["clusterHealthCheck"] = new JsonObject { ["period"] = "1s", ["timeout"] = "3s", ["failureThreshold"] = 2 },
        ["leaderElect"] = new JsonObject { ["leaseDuration"] = "8s", ["renewDeadline"] = "5s", ["retryPeriod"] = "2s" },
    };

    [OneTimeSetUp]
    public async Task CreateFederation() => Federation = await Federation.CreateAsync(new FederationOptions
    {
        Installation = Enum.Parse<Installation>(installation),
        Config = Config,
    });

    [OneTimeTearDown]
    public async Task DisposeFederation()
    {
        if (Federation is not null)
        {
            await Federation.DisposeAsync();
        }
    }

    [TearDown]
    public Task WriteLogs() => Federation.WriteLogsIfFailedAsync();

    private FederatedSpec Spec(string data) => new() { Template = Manifests.Node($"data: {data}"), Clusters = Federation.ClusterNames };

    private async Task<FederatedObjectDriver> NewConfigMapAsync(string @namespace) =>
        new(Federation, await Federation.GetTypeAsync(ConfigMaps), new NamespacedName(@namespace, Names.Unique("settings")));

    private async Task<FederatedObjectDriver> CreateConfigMapAsync(string @namespace, FederatedSpec spec)
    {
        var federated = await NewConfigMapAsync(@namespace);
        await federated.CreateAsync(spec);
        await federated.IsInOrderAsync(spec, "create");
        return federated;
    }
}
