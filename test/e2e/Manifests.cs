using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiMachinery.Yaml;

namespace KubeFed.e2e;

/// <summary>Objects that tests create.</summary>
internal static class Manifests
{
    public static KubeObject Parse(string yaml) => KubeObject.FromNode(KubeYaml.ToJson(yaml)!);

    public static JsonObject Node(string yaml) => KubeYaml.ToJson(yaml)!.AsObject();

    public static KubeObject Namespace(string name) => Parse($$"""
        apiVersion: v1
        kind: Namespace
        metadata:
          name: {{name}}
        """);

    public static KubeObject ConfigMap(NamespacedName key, string data) => Parse($$"""
        apiVersion: v1
        kind: ConfigMap
        metadata:
          namespace: {{key.Namespace}}
          name: {{key.Name}}
        data: {{data}}
        """);
}
