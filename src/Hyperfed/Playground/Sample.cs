using System.Reflection;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiMachinery.Yaml;
using KubeFed.FederationApis;
using KubeFed.KubeClient.Dynamic;

namespace KubeFed.Hyperfed.Playground;

/// <summary>The application that the playground federates: manifests as a person would write them.</summary>
internal static class Sample
{
    public const string Namespace = "shop";

    /// <summary>How many replicas the manifests' override gives the first member.</summary>
    public const int FirstMemberReplicas = 4;

    /// <summary>The federated objects' types.</summary>
    public static readonly IReadOnlyList<GroupVersionResource> Resources =
    [
        FederationResources.FederatedNamespaces,
        Federated("federatedconfigmaps"),
        Federated("federateddeployments"),
        Federated("federatedservices"),
    ];

    private const string Folder = "playground/sample/";
    private static readonly ApplyOptions Options = new() { FieldManager = "playground", Force = true };

    /// <summary>What the workload is called, federated and in the members.</summary>
    public static NamespacedName Web { get; } = new(Namespace, "web");

    /// <summary>Changes the federated workload, as a person would with kubectl.</summary>
    public static Task ChangeAsync(IDynamicClient host, CancellationToken cancellationToken, params ReadOnlySpan<(string Op, string Path, JsonNode? Value)> changes)
    {
        var operations = new JsonArray();
        foreach (var (op, path, value) in changes)
        {
            var operation = new JsonObject { ["op"] = op, ["path"] = path };
            if (value is not null)
            {
                operation["value"] = value;
            }

            operations.Add(operation);
        }

        return host.PatchAsync(Federated("federateddeployments"), Web, Patch.Json(operations), cancellationToken: cancellationToken);
    }

    /// <summary>Applies the manifests, file by file in the order of their names.</summary>
    public static async Task ApplyAsync(IDynamicClient host, CancellationToken cancellationToken)
    {
        foreach (var manifest in Read())
        {
            var item = KubeObject.FromNode(manifest);
            await host.ApplyAsync(ResourceOf(item), item.Key, item.Utf8Json, Options, cancellationToken);
        }
    }

    private static GroupVersionResource Federated(string resource) => new(FederationGroups.Types, "v1beta1", resource);

    private static IEnumerable<JsonObject> Read()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (string name in assembly.GetManifestResourceNames().Where(static name => name.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            foreach (var document in KubeYaml.ReadDocuments(bytes.ToArray()))
            {
                yield return document.AsObject();
            }
        }
    }

    // The manifests are ours, and all their kinds have the regular plural.
    private static GroupVersionResource ResourceOf(KubeObject item)
    {
        var version = GroupVersion.Parse(item.ApiVersion);
        return new GroupVersionResource(version.Group, version.Version, $"{item.Kind.ToLowerInvariant()}s");
    }
}
