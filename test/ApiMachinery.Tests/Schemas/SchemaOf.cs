using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Schemas;
using KubeFed.ApiMachinery.Validation;
using KubeFed.ApiMachinery.Yaml;

namespace KubeFed.ApiMachinery.Tests.Schemas;

/// <summary>Schemas and trees written as YAML.</summary>
internal static class SchemaOf
{
    public static FieldPath Root { get; } = FieldPath.Root("openAPIV3Schema");

    /// <summary>The schema of an object with these properties, the text being the map of properties.</summary>
    public static StructuralSchema Properties(string yaml)
    {
        var root = new JsonObject { ["type"] = "object", ["properties"] = Tree(yaml) };
        return Good(root);
    }

    public static StructuralSchema Good(JsonObject schema)
    {
        var errors = new FieldErrorList();
        StructuralSchema parsed = SchemaParser.Parse(schema, Root, errors);
        Assert.That(errors.Select(static e => e.ToString()), Is.Empty, "the schema of the test");
        return parsed;
    }

    public static string[] Errors(string yaml)
    {
        var errors = new FieldErrorList();
        SchemaParser.Parse((JsonObject)Tree(yaml)!, Root, errors);
        return [.. errors.Select(static e => e.ToString())];
    }

    public static JsonNode? Tree(string yaml) => KubeYaml.ToJson(yaml);
}
