using System.Text;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.FederationApis.Types.V1Beta1;
using KubeFed.FederationCore.Placements;
using KubeFed.FederationCore.Rendering;

namespace KubeFed.FederationCore.Tests;

/// <summary>Makes federated objects of the JSON of their spec.</summary>
internal static class Federated
{
    public static readonly TargetDescription Deployment = new(new GroupVersionKind("apps", "v1", "Deployment"), Namespaced: true);

    public static readonly PlacementCluster[] Clusters =
    [
        new("c3", StringMap.From([new("region", "us")])),
        new("c1", StringMap.From([new("region", "eu"), new("tier", "prod")])),
        new("c2", StringMap.From([new("region", "eu")])),
    ];

    public static FederatedObject Of(string spec, string kind = "FederatedDeployment", string name = "web") => FederatedObject.Read(KubeObject.Parse(
        Encoding.UTF8.GetBytes($$"""
        {"apiVersion":"types.kubefed.io/v1beta1","kind":"{{kind}}","metadata":{"name":"{{name}}","namespace":"shop"},"spec":{{spec}}}
        """)));

    public static FederatedObject WithoutSpec() => FederatedObject.Read(KubeObject.Parse(
        """{"apiVersion":"types.kubefed.io/v1beta1","kind":"FederatedDeployment","metadata":{"name":"web","namespace":"shop"}}"""u8.ToArray()));

    public static string Text(ReadOnlyMemory<byte> json) => Encoding.UTF8.GetString(json.Span);
}
