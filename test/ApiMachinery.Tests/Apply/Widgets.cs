using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Apply;
using KubeFed.ApiMachinery.Schemas;
using KubeFed.ApiMachinery.Validation;

namespace KubeFed.ApiMachinery.Tests.Apply;

/// <summary>A custom resource with a field of every kind, and short ways to write to it.</summary>
internal static class Widgets
{
    public const string Version = "demo.example.dev/v1";

    public static readonly DateTimeOffset Start = new(2024, 5, 1, 10, 0, 0, TimeSpan.Zero);

    public static StructuralSchema Schema { get; } = Parse("""
        {"type":"object","properties":{
          "spec":{"type":"object","properties":{
            "replicas":{"type":"integer"},
            "note":{"type":"string"},
            "on":{"type":"boolean"},
            "port":{"x-kubernetes-int-or-string":true},
            "nested":{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string"}}},
            "labels":{"type":"object","additionalProperties":{"type":"string"}},
            "atomicMap":{"type":"object","x-kubernetes-map-type":"atomic","additionalProperties":{"type":"string"}},
            "atomicList":{"type":"array","items":{"type":"string"}},
            "set":{"type":"array","x-kubernetes-list-type":"set","items":{"type":"string"}},
            "numbers":{"type":"array","x-kubernetes-list-type":"set","items":{"type":"integer"}},
            "ports":{"type":"array","x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["name"],
              "items":{"type":"object","required":["name"],"properties":{"name":{"type":"string"},"port":{"type":"integer"},"tags":{"type":"array","x-kubernetes-list-type":"set","items":{"type":"string"}}}}},
            "endpoints":{"type":"array","x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["port","protocol"],
              "items":{"type":"object","required":["port"],"properties":{"port":{"type":"integer"},"protocol":{"type":"string","default":"TCP"},"host":{"type":"string"}}}},
            "free":{"type":"object","x-kubernetes-preserve-unknown-fields":true},
            "template":{"type":"object","x-kubernetes-embedded-resource":true,"x-kubernetes-preserve-unknown-fields":true}}},
          "status":{"type":"object","properties":{"phase":{"type":"string"}}}}}
        """);

    public static FieldManager Manager { get; } = new(new Dictionary<string, StructuralSchema>(StringComparer.Ordinal) { [Version] = Schema });

    public static TypeNode Type { get; } = TypeCompiler.CompileRoot(Schema);

    public static StructuralSchema Parse(string json)
    {
        var errors = new FieldErrorList();
        var schema = SchemaParser.Parse((JsonObject)JsonNode.Parse(json)!, FieldPath.Root("schema"), errors);
        Assert.That(errors, Is.Empty);
        return schema;
    }

    public static JsonObject Tree(string json) => (JsonObject)JsonNode.Parse(json)!;

    /// <summary>A widget with the spec given.</summary>
    public static JsonObject Of(string spec, string? metadata = null) => Tree($$"""
        {"apiVersion":"{{Version}}","kind":"Widget","metadata":{"name":"a","namespace":"default"{{(metadata is null ? "" : "," + metadata)}}},"spec":{{spec}}}
        """);

    public static FieldWrite By(string manager, int second = 0) => new() { Manager = manager, ApiVersion = Version, Now = Start.AddSeconds(second) };
}
