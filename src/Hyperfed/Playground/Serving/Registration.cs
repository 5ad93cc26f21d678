using System.Text;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.FederationApis;
using KubeFed.FederationApis.Crds;
using KubeFed.KubeClient.Dynamic;

namespace KubeFed.Hyperfed.Playground.Serving;

/// <summary>What tells the host to send requests for the federation's types to the federation's API server, as the Helm chart writes it.</summary>
internal static class Registration
{
    private const string ServiceName = "kubefed-apiserver";
    private static readonly GroupVersionResource Namespaces = new(string.Empty, "v1", "namespaces");
    private static readonly GroupVersionResource Services = new(string.Empty, "v1", "services");
    private static readonly GroupVersionResource ApiServices = new("apiregistration.k8s.io", "v1", "apiservices");

    /// <summary>All that the federation's API server serves.</summary>
    public static IReadOnlyList<GroupVersion> GroupVersions { get; } =
    [
        .. CrdCatalog.Load(CrdCatalog.FirstWithValidationRules).SelectMany(static definition => definition.GetNode("spec", "versions")!.AsArray()
            .Select(version => new GroupVersion(definition.GetString("spec", "group")!, (string)version!["name"]!)))
            .Append(GroupVersion.Parse(FederationGroups.TypesV1Beta1))
            .Distinct(),
    ];

    /// <summary>Creates the objects; nothing of them is there yet.</summary>
    /// <param name="host">The host's API.</param>
    /// <param name="port">The port of 127.0.0.1 on which the server listens.</param>
    /// <param name="authority">What signed its certificate.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task CreateAsync(IDynamicClient host, int port, string authority, CancellationToken cancellationToken)
    {
        await host.CreateAsync(Namespaces, KubeObjectBuilder.New("v1", "Namespace").WithName(FederationNames.DefaultNamespace).Build(), cancellationToken: cancellationToken);
        await host.CreateAsync(Services, Service(), cancellationToken: cancellationToken);
        await Task.WhenAll(GroupVersions.Select(version => host.CreateAsync(ApiServices, ApiService(version, port, authority), cancellationToken: cancellationToken)));
    }

    // The server is a part of this process, which the host reaches as it would reach a server outside of the cluster.
    private static KubeObject Service() => KubeObjectBuilder.New("v1", "Service").WithNamespace(FederationNames.DefaultNamespace).WithName(ServiceName)
        .With(new JsonObject { ["type"] = "ExternalName", ["externalName"] = "localhost" }, "spec").Build();

    private static KubeObject ApiService(GroupVersion version, int port, string authority) =>
        KubeObjectBuilder.New("apiregistration.k8s.io/v1", "APIService").WithName($"{version.Version}.{version.Group}").With(
            new JsonObject
            {
                ["group"] = version.Group,
                ["version"] = version.Version,
                ["groupPriorityMinimum"] = 2000,
                ["versionPriority"] = version.Version.Contains("alpha", StringComparison.Ordinal) ? 10 : 20,
                ["caBundle"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(authority)),
                ["service"] = new JsonObject { ["namespace"] = FederationNames.DefaultNamespace, ["name"] = ServiceName, ["port"] = port },
            },
            "spec").Build();
}
