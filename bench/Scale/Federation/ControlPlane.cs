using System.Text;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.FederationApis;
using KubeFed.FederationApis.Core.V1Beta1;
using KubeFed.FederationApis.Crds;
using KubeFed.FederationApis.Serialization;
using KubeFed.Scale.Http;
using KubeFed.Scale.Workloads;
using KubeFed.TestSupport.Clusters;

namespace KubeFed.Scale.Federation;

/// <summary>Makes a federation of fresh clusters: definitions, configuration, members, types, namespaces.</summary>
internal sealed class ControlPlane(Clients clients, TimeProvider time)
{
    public const string Namespace = FederationNames.DefaultNamespace;

    private const string Account = "kubefed-scale";
    private static readonly Version ServerVersion = new(1, 20);
    private static readonly GroupVersionResource Definitions = new("apiextensions.k8s.io", "v1", "customresourcedefinitions");
    private static readonly GroupVersionResource NamespaceResource = new("", "v1", "namespaces");
    private static readonly GroupVersionResource Secrets = new("", "v1", "secrets");
    private static readonly GroupVersionResource ServiceAccounts = new("", "v1", "serviceaccounts");
    private static readonly GroupVersionResource RoleBindings = new("rbac.authorization.k8s.io", "v1", "clusterrolebindings");

    private static readonly FederationTarget NamespaceTarget = new()
    {
        Resource = new ApiResource { Version = "v1", Kind = "Namespace", PluralName = "namespaces", Scope = ResourceScopes.Cluster },
    };

    /// <summary>Defines the federation's types and the workload's on the host, and makes the namespaces that are not federated.</summary>
    public async Task InstallAsync(Workload workload, CancellationToken cancellationToken)
    {
        await CreateAsync(clients.Host, NamespaceResource, null, NamespaceNamed(Namespace), cancellationToken);
        foreach (var definition in CrdCatalog.Load(ServerVersion))
        {
            await CreateAsync(clients.Host, Definitions, null, definition.ToNode(), cancellationToken);
        }

        foreach (var target in new[] { NamespaceTarget, workload.Federation })
        {
            await CreateAsync(clients.Host, Definitions, null, FederatedTypeFactory.CreateDefinition(target).ToNode(), cancellationToken);
        }

        foreach (var client in clients.Members.Prepend(clients.Host))
        {
            await CreateAsync(client, NamespaceResource, null, NamespaceNamed(Names.RawNamespace), cancellationToken);
        }

        foreach (var resource in new[] { FederationResources.KubeFedConfigs, FederationResources.FederatedNamespaces, workload.Federated })
        {
            await WaitForAsync(clients.Host, ApiClient.Path(resource, null), cancellationToken);
        }
    }

    /// <summary>Writes the configuration, registers the members and enables namespaces and the workload's type.</summary>
    public async Task FederateAsync(Workload workload, CancellationToken cancellationToken)
    {
        var config = new KubeFedConfig
        {
            Metadata = new ObjectMeta { Name = FederationNames.KubeFedConfig, Namespace = Namespace },
            Spec = new KubeFedConfigSpec { Scope = ResourceScopes.Cluster },
        };
        await CreateAsync(
            clients.Host, FederationResources.KubeFedConfigs, Namespace, KubeObject.From(config, FederationJsonContext.Default.KubeFedConfig).ToNode(), cancellationToken);
        await Task.WhenAll(clients.Members.Zip(
            clients.Clusters.Members, (client, cluster) => RegisterAsync(client, cluster, cancellationToken)));
        foreach (var target in new[] { NamespaceTarget, workload.Federation })
        {
            var type = KubeObject.From(FederatedTypeFactory.CreateTypeConfig(target, Namespace), FederationJsonContext.Default.FederatedTypeConfig);
            await CreateAsync(clients.Host, FederationResources.FederatedTypeConfigs, Namespace, type.ToNode(), cancellationToken);
        }
    }

    /// <summary>Makes namespaces on the host, federates them, and waits until every member has them.</summary>
    public async Task FederateNamespacesAsync(IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        foreach (var name in names)
        {
            await CreateAsync(clients.Host, NamespaceResource, null, NamespaceNamed(name), cancellationToken);
            var federated = new JsonObject
            {
                ["apiVersion"] = FederationGroups.TypesV1Beta1,
                ["kind"] = "FederatedNamespace",
                ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = name },
                ["spec"] = new JsonObject { ["placement"] = new JsonObject { ["clusterSelector"] = new JsonObject() } },
            };
            await CreateAsync(clients.Host, FederationResources.FederatedNamespaces, name, federated, cancellationToken);
        }

        foreach (var member in clients.Members)
        {
            foreach (var name in names)
            {
                await WaitForAsync(member, ApiClient.Path(NamespaceResource, null, name), cancellationToken);
            }
        }
    }

    private async Task RegisterAsync(ApiClient client, TestCluster cluster, CancellationToken cancellationToken)
    {
        await CreateAsync(client, NamespaceResource, null, NamespaceNamed(Namespace), cancellationToken);
        await CreateAsync(client, ServiceAccounts, Namespace, Named("v1", "ServiceAccount", Account), cancellationToken);
        var binding = Named("rbac.authorization.k8s.io/v1", "ClusterRoleBinding", Account);
        binding["roleRef"] = new JsonObject { ["apiGroup"] = "rbac.authorization.k8s.io", ["kind"] = "ClusterRole", ["name"] = "cluster-admin" };
        binding["subjects"] = new JsonArray(new JsonObject { ["kind"] = "ServiceAccount", ["name"] = Account, ["namespace"] = Namespace });
        await CreateAsync(client, RoleBindings, null, binding, cancellationToken);
        await StoreAsync(cluster, await RequestTokenAsync(client, cancellationToken), cancellationToken);
    }

    private static async Task<string> RequestTokenAsync(ApiClient client, CancellationToken cancellationToken)
    {
        var request = new JsonObject
        {
            ["apiVersion"] = "authentication.k8s.io/v1",
            ["kind"] = "TokenRequest",
            ["spec"] = new JsonObject { ["expirationSeconds"] = 86400 },
        };
        var answer = await client.PostAsync(ApiClient.Path(ServiceAccounts, Namespace, Account) + "/token", request, cancellationToken);
        return answer["status"]!["token"]!.ToString();
    }

    private async Task StoreAsync(TestCluster cluster, string token, CancellationToken cancellationToken)
    {
        var secret = Named("v1", "Secret", cluster.Name);
        secret["stringData"] = new JsonObject { [FederationNames.TokenKey] = token };
        await CreateAsync(clients.Host, Secrets, Namespace, secret, cancellationToken);
        var registration = new KubeFedCluster
        {
            Metadata = new ObjectMeta { Name = cluster.Name, Namespace = Namespace },
            Spec = new KubeFedClusterSpec
            {
                ApiEndpoint = cluster.Server.GetLeftPart(UriPartial.Authority),
                CaBundle = Encoding.UTF8.GetBytes(cluster.AuthorityPem),
                SecretRef = new LocalSecretReference { Name = cluster.Name },
            },
        };
        var node = KubeObject.From(registration, FederationJsonContext.Default.KubeFedCluster).ToNode();
        await CreateAsync(clients.Host, FederationResources.KubeFedClusters, Namespace, node, cancellationToken);
    }

    // What was just defined is not served at once.
    private async Task CreateAsync(
        ApiClient client, GroupVersionResource resource, string? @namespace, JsonObject value, CancellationToken cancellationToken)
    {
        value.Remove("status");
        await RetryAsync(() => client.PostAsync(ApiClient.Path(resource, @namespace), value, cancellationToken), cancellationToken);
    }

    private Task WaitForAsync(ApiClient client, string path, CancellationToken cancellationToken) =>
        RetryAsync(() => client.GetAsync(path, cancellationToken), cancellationToken);

    private async Task RetryAsync(Func<Task> attempt, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        while (true)
        {
            try
            {
                await attempt();
                return;
            }
            catch (MeasurementException) when (time.GetElapsedTime(start) < TimeSpan.FromMinutes(1))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), time, cancellationToken);
            }
        }
    }

    private static JsonObject NamespaceNamed(string name) => Named("v1", "Namespace", name);

    private static JsonObject Named(string apiVersion, string kind, string name) => new()
    {
        ["apiVersion"] = apiVersion,
        ["kind"] = kind,
        ["metadata"] = new JsonObject { ["name"] = name },
    };
}
