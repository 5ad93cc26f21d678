using KubeFed.Conformance.Servers;
using KubeFed.FederationApis.Core.V1Beta1;
using KubeFed.FederationApis.Crds;
using KubeFed.TestSupport.Clusters;
using KubeFed.TestSupport.Waiting;

namespace KubeFed.Conformance.Kubectl;

/// <summary>Prepares servers so that they serve the same: the federation's types, a federated type and the session's own definitions.</summary>
internal static class SessionServers
{
    private static readonly FederationTarget ConfigMaps = new()
    {
        Resource = new ApiResource { Version = "v1", Kind = "ConfigMap", PluralName = "configmaps", Scope = ResourceScopes.Namespaced },
        ShortNames = ["cm"],
    };

    /// <summary>
    /// A kube-apiserver that serves the federation's types from their definitions: what the others are compared with. Nobody else installs
    /// types there, since discovery would show them.
    /// </summary>
    public static async Task<ClusterSet> CreateReferenceAsync()
    {
        var clusters = await ClusterSet.CreateAsync(new ClusterSetOptions { Members = 0 });
        try
        {
            foreach (var definition in ReferenceDefinitions())
            {
                await ApplyAsync(clusters.Host.KubeconfigPath, definition);
            }

            await FinishAsync(clusters.Host.KubeconfigPath);
            return clusters;
        }
        catch
        {
            await clusters.DisposeAsync();
            throw;
        }
    }

    /// <summary>The federation's types as the reference gets them.</summary>
    public static IEnumerable<string> ReferenceDefinitions() =>
        CrdCatalog.Load(new Version(1, 20)).Append(FederatedTypeFactory.CreateDefinition(ConfigMaps)).Select(static definition => definition.ToNode().ToJsonString());

    /// <summary>Tells a server of ours to serve the same.</summary>
    public static async Task PrepareAsync(string kubeconfig)
    {
        await ApplyAsync(kubeconfig, SessionScript.Manifest("federation"));
        await FinishAsync(kubeconfig);
    }

    /// <summary>Installs the session's own definitions; done when their objects are served and described.</summary>
    public static async Task InstallDefinitionsAsync(string kubeconfig)
    {
        await ApplyAsync(kubeconfig, SessionScript.Manifest("definitions"));
        await WaitForAsync(kubeconfig, "widgets", "panels");
    }

    private static async Task FinishAsync(string kubeconfig)
    {
        await InstallDefinitionsAsync(kubeconfig);
        await WaitForAsync(kubeconfig, "kubefedclusters", "federatedconfigmaps");
    }

    // What clients read the types from is published later than the types are served.
    private static async Task WaitForAsync(string kubeconfig, params IEnumerable<string> resources)
    {
        foreach (var resource in resources)
        {
            await Eventually.Passes(
                async () => (await AdminKubectl.RunAsync(kubeconfig, null, "get", resource)).EnsureSuccess(), $"{resource} are served", TimeSpan.FromSeconds(60));
            await Eventually.Passes(
                async () => (await AdminKubectl.RunAsync(kubeconfig, null, "explain", resource, "--output=plaintext-openapiv2")).EnsureSuccess(),
                $"{resource} are described",
                TimeSpan.FromSeconds(60));
        }
    }

    private static async Task ApplyAsync(string kubeconfig, string manifest) =>
        (await AdminKubectl.RunAsync(kubeconfig, manifest, "apply", "--validate=false", "-f", "-")).EnsureSuccess();
}
