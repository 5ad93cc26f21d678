using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Schemas;
using KubeFed.ApiServerRuntime.Types;

namespace KubeFed.ApiServerRuntime.OpenApi;

/// <summary>The OpenAPI documents of one snapshot of types. Each is made when first asked for.</summary>
internal sealed class OpenApiDocuments
{
    private const string DefinitionPrefix = "#/definitions/";
    private const string ComponentPrefix = "#/components/schemas/";
    private const string KindExtension = "x-kubernetes-group-version-kind";

    private readonly ConcurrentDictionary<GroupVersion, Lazy<EncodedDocument>> _v3 = new();
    private readonly Lazy<EncodedDocument> _v2;
    private readonly Lazy<EncodedDocument> _v2Protobuf;
    private readonly Lazy<EncodedDocument> _v3Root;
    private readonly string _title;

    public OpenApiDocuments(TypeSnapshot types, string title)
    {
        Types = types;
        _title = title;
        _v2 = new Lazy<EncodedDocument>(() => EncodedDocument.Of(SwaggerDocument()));
        _v2Protobuf = new Lazy<EncodedDocument>(() => new EncodedDocument(SwaggerProtobuf.Convert(SwaggerDocument())));
        _v3Root = new Lazy<EncodedDocument>(() => EncodedDocument.Of(Root()));
    }

    public TypeSnapshot Types { get; }

    public EncodedDocument V2 => _v2.Value;

    public EncodedDocument V2Protobuf => _v2Protobuf.Value;

    /// <summary>The list of the documents of version 3.</summary>
    public EncodedDocument V3Root => _v3Root.Value;

    /// <summary>The document of a group version, or null where nothing of it is served.</summary>
    public EncodedDocument? V3(GroupVersion version) =>
        GroupVersions().Contains(version)
            ? _v3.GetOrAdd(version, static (key, self) => new Lazy<EncodedDocument>(() => EncodedDocument.Of(self.OpenApiDocument(key))), this).Value
            : null;

    /// <summary><c>apis/group/version</c>, or <c>api/v1</c>.</summary>
    public static string PathOf(GroupVersion version) => version.Group.Length == 0 ? $"api/{version.Version}" : $"apis/{version.Group}/{version.Version}";

    private HashSet<GroupVersion> GroupVersions() =>
        [.. from type in Types.Types from version in type.Versions where version.Served select new GroupVersion(type.Group, version.Name)];

    private JsonObject Root()
    {
        var paths = new JsonObject();
        foreach (var version in GroupVersions().OrderBy(PathOf, StringComparer.Ordinal))
        {
            var path = PathOf(version);
            paths[path] = new JsonObject { ["serverRelativeURL"] = $"/openapi/v3/{path}?hash={V3(version)!.Hash}" };
        }

        return new JsonObject { ["paths"] = paths };
    }

    private JsonObject SwaggerDocument()
    {
        var definitions = CommonDefinitions.ForV2();
        var operations = new List<ApiOperation>();
        var shared = new List<StructuralSchema>();
        foreach (var (type, version) in Served(_ => true))
        {
            AddDefinitions(definitions, type, version, SchemaPublisher.ToOpenApiV2(version.Schema, shared), DefinitionPrefix);
            operations.AddRange(ApiOperations.Of(type, version));
        }

        AddShared(definitions, shared, v2: true);
        return new JsonObject { ["swagger"] = "2.0", ["info"] = Info(), ["paths"] = SwaggerWriter.Paths(operations), ["definitions"] = Sorted(definitions) };
    }

    private JsonObject OpenApiDocument(GroupVersion wanted)
    {
        var definitions = CommonDefinitions.ForV3();
        var operations = new List<ApiOperation>();
        var shared = new List<StructuralSchema>();
        foreach (var (type, version) in Served(candidate => candidate == wanted))
        {
            AddDefinitions(definitions, type, version, SchemaPublisher.ToOpenApiV3(version.Schema, shared), ComponentPrefix);
            operations.AddRange(ApiOperations.Of(type, version));
        }

        AddShared(definitions, shared, v2: false);
        return new JsonObject
        {
            ["openapi"] = "3.0.0",
            ["info"] = Info(),
            ["paths"] = OpenApiWriter.Paths(operations),
            ["components"] = new JsonObject { ["schemas"] = Sorted(definitions) },
        };
    }

    private IEnumerable<(ResourceType Type, ResourceTypeVersion Version)> Served(Func<GroupVersion, bool> wanted) =>
        from type in Types.Types
        from version in type.Versions
        where version.Served && wanted(new GroupVersion(type.Group, version.Name))
        select (type, version);

    private JsonObject Info() => new() { ["title"] = _title, ["version"] = "v1" };

    // Grows while it is worked through: definitions refer to further ones.
    private static void AddShared(JsonObject definitions, List<StructuralSchema> shared, bool v2)
    {
        for (int i = 0; i < shared.Count; i++)
        {
            if (!definitions.ContainsKey(shared[i].DefinitionName!))
            {
                definitions[shared[i].DefinitionName!] = SchemaPublisher.ToDefinition(shared[i], v2, shared);
            }
        }
    }

    private static void AddDefinitions(JsonObject definitions, ResourceType type, ResourceTypeVersion version, JsonObject schema, string refPrefix)
    {
        var kind = new GroupVersionKind(type.Group, version.Name, type.Kind);
        var name = version.Schema.DefinitionName ?? DefinitionNames.Of(kind);
        schema[KindExtension] = new JsonArray(Extensions.Kind(kind));
        definitions[name] = schema;
        definitions[name + "List"] = new JsonObject
        {
            ["description"] = $"{type.ListKind} is a list of {type.Kind}",
            ["type"] = "object",
            ["required"] = new JsonArray("items"),
            ["properties"] = new JsonObject
            {
                ["apiVersion"] = new JsonObject { ["type"] = "string", ["description"] = "The schema of this representation of the list, as group/version." },
                ["items"] = new JsonObject { ["type"] = "array", ["description"] = "The objects.", ["items"] = new JsonObject { ["$ref"] = refPrefix + name } },
                ["kind"] = new JsonObject { ["type"] = "string", ["description"] = "What the list is." },
                ["metadata"] = Reference(refPrefix, DefinitionNames.ListMeta, "Standard list metadata."),
            },
            [KindExtension] = new JsonArray(Extensions.Kind(kind with { Kind = type.ListKind })),
        };
    }

    private static JsonObject Reference(string prefix, string definition, string description) => prefix == DefinitionPrefix
        ? new JsonObject { ["description"] = description, ["$ref"] = prefix + definition }
        : new JsonObject { ["description"] = description, ["allOf"] = new JsonArray(new JsonObject { ["$ref"] = prefix + definition }), ["default"] = new JsonObject() };

    private static JsonObject Sorted(JsonObject definitions) =>
        new(definitions.OrderBy(static member => member.Key, StringComparer.Ordinal).Select(static member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));
}
