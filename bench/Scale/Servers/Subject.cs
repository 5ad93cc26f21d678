using System.Text;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Objects;
using KubeFed.FederationApis;
using KubeFed.FederationApis.Crds;
using KubeFed.Scale.Workloads;

namespace KubeFed.Scale.Servers;

/// <summary>What both servers serve: the federated type of config maps, and its objects.</summary>
internal static class Subject
{
    /// <summary>About the bytes of an object as it is sent.</summary>
    public const int Size = 2048;

    /// <summary>What stands before the moment of a change in an object that is watched; quotation marks follow.</summary>
    public const string Mark = "sent-at-";

    private static readonly Workload Workload = Workload.Find("configmaps")!;

    /// <summary>Its definition, for a server that takes definitions.</summary>
    public static byte[] Definition => Bytes(FederatedTypeFactory.CreateDefinition(Workload.Federation).ToNode());

    /// <summary>Its FederatedTypeConfig, for a server that takes those.</summary>
    public static byte[] TypeConfig => Bytes(KubeObject.From(
        FederatedTypeFactory.CreateTypeConfig(Workload.Federation, FederationNames.DefaultNamespace),
        FederationApis.Serialization.FederationJsonContext.Default.FederatedTypeConfig).ToNode());

    /// <summary>Of all objects, of those of a namespace, or of one.</summary>
    public static string Path(string? @namespace = null, string? name = null) => Http.ApiClient.Path(Workload.Federated, @namespace, name);

    /// <summary>An object.</summary>
    /// <param name="namespace">Where.</param>
    /// <param name="name">Its name.</param>
    /// <param name="change">What tells its states apart, at most 20 characters.</param>
    /// <param name="resourceVersion">The state that it replaces; null for none.</param>
    /// <param name="size">About its bytes.</param>
    public static byte[] Object(string @namespace, string name, string change, string? resourceVersion = null, int size = Size)
    {
        var version = resourceVersion is null ? "" : $",\"resourceVersion\":\"{resourceVersion}\"";
        var body = new StringBuilder(size + 256)
            .Append($$"""{"apiVersion":"types.kubefed.io/v1beta1","kind":"FederatedConfigMap","metadata":{"name":"{{name}}","namespace":"{{@namespace}}","labels":{"app":"bench","tier":"backend"}{{version}}},""")
            .Append($$$"""
                "spec":{"template":{"metadata":{"labels":{"app":"bench"}},"data":{"change":"{{{change}}}"
                """.Trim());
        for (var line = 0; body.Length < size - 220; line++)
        {
            body.Append($",\"setting-{line:D2}\":\"value {line} of a configuration that somebody has written down\"");
        }

        return Encoding.UTF8.GetBytes(body
            .Append("}},\"placement\":{\"clusterSelector\":{\"matchLabels\":{\"region\":\"eu\"}}},")
            .Append("\"overrides\":[{\"clusterName\":\"c1\",\"clusterOverrides\":[{\"path\":\"/data/change\",\"value\":\"other\"}]}]}}")
            .ToString());
    }

    private static byte[] Bytes(JsonObject value)
    {
        value.Remove("status");
        return Encoding.UTF8.GetBytes(value.ToJsonString());
    }
}
