using System.Text.Json.Nodes;
using KubeFed.TestSupport.Clusters;

namespace KubeFed.e2e.Federations;

/// <summary>
/// The federation that most tests share, made by the first of them: the host joined too, kube-controller-manager everywhere, ten types
/// enabled. A test in it uses names of its own and stops nothing.
/// </summary>
internal static class SharedFederation
{
    private static readonly Lock Gate = new();
    private static Task<Federation>? _federation;

    /// <summary>The types that are enabled in it.</summary>
    public static IReadOnlyList<string> Types { get; } =
    [
        "namespaces", "clusterroles.rbac.authorization.k8s.io", "configmaps", "deployments.apps", "ingresses.networking.k8s.io", "jobs.batch",
        "replicasets.apps", "secrets", "serviceaccounts", "services",
    ];

    /// <summary>The federation. Skips the calling test where the machine has no clusters to offer.</summary>
    public static Task<Federation> GetAsync()
    {
        ClusterProviders.Require();
        lock (Gate)
        {
            return _federation ??= Task.Run(() => Federation.CreateAsync(new FederationOptions
            {
                JoinHost = true,
                ControllerManagers = true,
                Types = Types,
                Config = Config(),
            }));
        }
    }

    public static async Task DisposeAsync()
    {
        if (_federation is { IsCompletedSuccessfully: true })
        {
            await (await _federation).DisposeAsync();
        }
    }

    private static JsonObject Config() => new()
    {
        ["controllerDuration"] = new JsonObject { ["availableDelay"] = "1s", ["unavailableDelay"] = "1s" },
        ["clusterHealthCheck"] = new JsonObject { ["period"] = "2s", ["timeout"] = "5s" },
    };
}
