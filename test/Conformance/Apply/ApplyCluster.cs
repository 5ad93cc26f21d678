using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiMachinery.Schemas;
using KubeFed.ApiMachinery.Validation;
using KubeFed.KubeClient.Dynamic;
using KubeFed.TestSupport.Waiting;

namespace KubeFed.Conformance.Apply;

/// <summary>A custom resource with fields of every merge strategy, on a real server.</summary>
internal static class ApplyCluster
{
    public const string Version = "apply.example.dev/v1";

    public const string OpenApi = """
        {"type":"object","properties":{"spec":{"type":"object","properties":{
          "replicas":{"type":"integer"},
          "note":{"type":"string"},
          "nested":{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"object","properties":{"c":{"type":"string"},"d":{"type":"integer"}}}}},
          "map":{"type":"object","additionalProperties":{"type":"string"}},
          "atomicMap":{"type":"object","x-kubernetes-map-type":"atomic","additionalProperties":{"type":"string"}},
          "atomicList":{"type":"array","items":{"type":"string"}},
          "set":{"type":"array","x-kubernetes-list-type":"set","items":{"type":"string"}},
          "ports":{"type":"array","x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["name"],
            "items":{"type":"object","required":["name"],"properties":{"name":{"type":"string"},"port":{"type":"integer"},"info":{"type":"object","properties":{"x":{"type":"string"}}}}}},
          "free":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}}}}
        """;

    private static readonly GroupVersionResource Definitions = new("apiextensions.k8s.io", "v1", "customresourcedefinitions");

    public static readonly GroupVersionResource Resource = new("apply.example.dev", "v1", "gadgets");

    public static StructuralSchema Schema
    {
        get
        {
            var errors = new FieldErrorList();
            var schema = SchemaParser.Parse((JsonObject)JsonNode.Parse(OpenApi)!, FieldPath.Root("schema"), errors);
            Assert.That(errors, Is.Empty);
            return schema;
        }
    }

    public static async Task InstallAsync(IDynamicClient client)
    {
        await client.CreateAsync(Definitions, KubeObject.FromNode(JsonNode.Parse($$$"""
            {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"gadgets.apply.example.dev"},
             "spec":{"group":"apply.example.dev","scope":"Namespaced","names":{"plural":"gadgets","singular":"gadget","kind":"Gadget","listKind":"GadgetList"},
              "versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{{{OpenApi}}} } }] } }
            """)!));
        await Eventually.Passes(async () => await client.ListAsync(Resource, "default"), "the custom resource is served", TimeSpan.FromSeconds(60));
    }
}
