using System.Text.Json.Nodes;

namespace KubeFed.ApiMachinery.Schemas;

/// <summary>
/// Writes structural schemas as the component schemas of OpenAPI documents, as the API server publishes custom resources. The caller adds
/// <c>x-kubernetes-group-version-kind</c>, and the document must hold the schema of ObjectMeta under <see cref="ObjectMetaName"/>. Members
/// are in bytewise order, so that equal schemas give equal text.
/// </summary>
public static class SchemaPublisher
{
    /// <summary>The name under which both documents hold the schema of ObjectMeta.</summary>
    public const string ObjectMetaName = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta";

    private const string Metadata =
        "Standard object's metadata. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata";

    private const string ApiVersion =
        "APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest "
        + "internal value, and may reject unrecognized values. More info: "
        + "https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources";

    private const string Kind =
        "Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client "
        + "submits requests to. Cannot be updated. In CamelCase. More info: "
        + "https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds";

    /// <summary>The schema of a whole object for OpenAPI v3: everything is kept.</summary>
    /// <param name="root">The schema.</param>
    /// <param name="references">
    /// Gets the shared schemas (see <see cref="StructuralSchema.DefinitionName"/>) that are referred to, which the caller publishes by
    /// <see cref="ToDefinition"/>; null to write them where they are used.
    /// </param>
    public static JsonObject ToOpenApiV3(StructuralSchema root, ICollection<StructuralSchema>? references = null) =>
        WithMeta(SchemaWriter.Write(root, v2: false, AddMeta, references, isRoot: true), v2: false);

    /// <summary>
    /// The schema of a whole object for OpenAPI v2, without what that cannot say: allOf, anyOf, oneOf, not and nullable go, and so do types
    /// and members where they would make clients refuse what is allowed.
    /// </summary>
    /// <param name="root">The schema.</param>
    /// <param name="references">As of <see cref="ToOpenApiV3"/>.</param>
    public static JsonObject ToOpenApiV2(StructuralSchema root, ICollection<StructuralSchema>? references = null) =>
        root.PreserveUnknownFields
            ? new JsonObject { ["type"] = "object" }
            : WithMeta(SchemaWriter.Write(root, v2: true, AddMeta, references, isRoot: true), v2: true);

    /// <summary>A shared schema as a document publishes it under its name.</summary>
    /// <param name="shared">The schema.</param>
    /// <param name="v2">Whether the document is OpenAPI v2.</param>
    /// <param name="references">Gets the shared schemas that this one refers to.</param>
    public static JsonObject ToDefinition(StructuralSchema shared, bool v2, ICollection<StructuralSchema> references) =>
        SchemaWriter.Write(shared, v2, AddMeta, references, isRoot: true);

    private static JsonObject WithMeta(JsonObject schema, bool v2)
    {
        AddMeta(schema, v2);
        return schema;
    }

    private static void AddMeta(JsonObject schema, bool v2)
    {
        JsonObject properties = schema["properties"]?.AsObject() ?? [];
        properties["apiVersion"] = new JsonObject { ["description"] = ApiVersion, ["type"] = "string" };
        properties["kind"] = new JsonObject { ["description"] = Kind, ["type"] = "string" };
        properties["metadata"] = v2
            ? new JsonObject { ["description"] = Metadata, ["$ref"] = "#/definitions/" + ObjectMetaName }
            : new JsonObject
            {
                ["description"] = Metadata,
                ["allOf"] = new JsonArray(new JsonObject { ["$ref"] = "#/components/schemas/" + ObjectMetaName }),
            };
        schema.Remove("properties");
        schema["properties"] = new JsonObject(properties
            .OrderBy(static p => p.Key, StringComparer.Ordinal)
            .ToList()
            .Select(p => Detached(properties, p.Key)));
    }

    private static KeyValuePair<string, JsonNode?> Detached(JsonObject owner, string name)
    {
        JsonNode? value = owner[name];
        owner.Remove(name);
        return new(name, value);
    }
}
