using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.DevClusters.Aggregation;
using KubeFed.KubeClient.Dynamic;

namespace KubeFed.DevClusters.Serving;

/// <summary>What a cluster has from its start besides namespaces and roles: the service of its API, and how aggregated servers know who asks.</summary>
internal static class SystemContent
{
    private const string Rbac = "rbac.authorization.k8s.io";
    private const string ReaderRole = "extension-apiserver-authentication-reader";

    /// <summary>The objects, made where they are missing and brought up to date where they are not.</summary>
    public static async Task EnsureAsync(IDynamicClient client, Uri address, ClusterIdentity identity, CancellationToken cancellationToken)
    {
        await CreateAsync(client, new(string.Empty, "v1", "namespaces"), Object("v1", "Namespace", null, "kube-node-lease"), cancellationToken);
        var service = Object("v1", "Service", "default", "kubernetes");
        service["spec"] = new JsonObject
        {
            ["clusterIP"] = "10.96.0.1",
            ["ports"] = new JsonArray(new JsonObject { ["name"] = "https", ["port"] = 443, ["targetPort"] = address.Port }),
        };
        await CreateAsync(client, new(string.Empty, "v1", "services"), service, cancellationToken);
        var role = Object(Rbac + "/v1", "Role", "kube-system", ReaderRole);
        role["rules"] = new JsonArray(new JsonObject
        {
            ["apiGroups"] = new JsonArray(string.Empty),
            ["resources"] = new JsonArray("configmaps"),
            ["resourceNames"] = new JsonArray("extension-apiserver-authentication"),
            ["verbs"] = new JsonArray("get", "list", "watch"),
        });
        await CreateAsync(client, new(Rbac, "v1", "roles"), role, cancellationToken);
        var authentication = Object("v1", "ConfigMap", "kube-system", "extension-apiserver-authentication");
        authentication["data"] = new JsonObject
        {
            ["client-ca-file"] = identity.Certificates.Authority.CertificatePem,
            ["requestheader-client-ca-file"] = identity.FrontProxy.Authority.CertificatePem,
            ["requestheader-allowed-names"] = $"[\"{ClusterIdentity.FrontProxyName}\"]",
            ["requestheader-username-headers"] = $"[\"{FrontProxyHeaders.User}\"]",
            ["requestheader-group-headers"] = FrontProxyHeaders.GroupNames,
            ["requestheader-extra-headers-prefix"] = $"[\"{FrontProxyHeaders.ExtraPrefix}\"]",
        };
        await CreateAsync(client, new(string.Empty, "v1", "configmaps"), authentication, cancellationToken);
    }

    private static JsonObject Object(string apiVersion, string kind, string? @namespace, string name)
    {
        var metadata = new JsonObject { ["name"] = name };
        if (@namespace is not null)
        {
            metadata["namespace"] = @namespace;
        }

        return new JsonObject { ["apiVersion"] = apiVersion, ["kind"] = kind, ["metadata"] = metadata };
    }

    private static async Task CreateAsync(IDynamicClient client, GroupVersionResource resource, JsonObject root, CancellationToken cancellationToken)
    {
        try
        {
            await client.CreateAsync(resource, KubeObject.FromNode(root), cancellationToken: cancellationToken);
        }
        catch (StatusException e) when (e.IsAlreadyExists)
        {
            // As it should be.
        }
    }
}
