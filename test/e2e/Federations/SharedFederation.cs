using System.Text.Json.Nodes;
using KubeFed.e2e.Installations;
using KubeFed.TestSupport.Clusters;

namespace KubeFed.e2e.Federations;

/// <summary>
/// The federations that most tests share, one per installation, each made by the first test that wants it: the host joined too,
/// kube-controller-manager everywhere, ten types enabled. A test in one uses names of its own and stops nothing.
/// </summary>
internal static class SharedFederation
{
    private static readonly Lock Gate = new();
    private static readonly Dictionary<Installation, Task<Federation>> Federations = [];

    /// <summary>The types that are enabled in it.</summary>
    public static IReadOnlyList<string> Types { get; } =
    [
        "namespaces", "clusterroles.rbac.authorization.k8s.io", "configmaps", "deployments.apps", "ingresses.networking.k8s.io", "jobs.batch",
        "replicasets.apps", "secrets", "serviceaccounts", "services",
    ];

    /// <summary>The federation. Skips the calling test where the machine has no clusters to offer.</summary>
    public static Task<Federation> GetAsync(Installation installation)
    {
        ClusterProviders.Require();
        lock (Gate)
        {
            if (!Federations.TryGetValue(installation, out var federation))
            {
                federation = Task.Run(() => Federation.CreateAsync(new FederationOptions
                {
                    Installation = installation,
                    JoinHost = true,
                    ControllerManagers = true,
                    Types = Types,
                    Config = Config(),
                }));
                Federations.Add(installation, federation);
            }

            return federation;
        }
    }

    public static async Task DisposeAsync()
    {
        foreach (var federation in Federations.Values.Where(static f => f.IsCompletedSuccessfully))
        {
            await (await federation).DisposeAsync();
        }
    }

    private static JsonObject Config() => new()
    {
        ["controllerDuration"] = new JsonObject { ["availableDelay"] = "1s", ["unavailableDelay"] = "1s" },
        ["clusterHealthCheck"] = new JsonObject { ["period"] = "2s", ["timeout"] = "5s" },
    };
}
