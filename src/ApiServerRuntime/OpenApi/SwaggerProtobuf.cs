using System.Text.Json.Nodes;
using Google.Protobuf;
using KubeFed.ApiMachinery.Yaml;
using KubeFed.ApiServerRuntime.OpenApi.Wire;

namespace KubeFed.ApiServerRuntime.OpenApi;

/// <summary>Turns an OpenAPI v2 document into the protobuf form that client-go's OpenAPI client asks for.</summary>
internal static class SwaggerProtobuf
{
    private const string ExtensionPrefix = "x-";

    public static byte[] Convert(JsonObject document)
    {
        var result = new Document
        {
            Swagger = Text(document["swagger"]),
            Info = new Info { Title = Text(document["info"]?["title"]), Version = Text(document["info"]?["version"]) },
            Paths = new Paths(),
            Definitions = new Definitions(),
        };
        foreach (var (path, item) in Members(document["paths"]))
        {
            result.Paths.Path.Add(new NamedPathItem { Name = path, Value = PathItemOf(item!.AsObject()) });
        }

        foreach (var (name, schema) in Members(document["definitions"]))
        {
            result.Definitions.AdditionalProperties.Add(new NamedSchema { Name = name, Value = SchemaOf(schema!.AsObject()) });
        }

        return result.ToByteArray();
    }

    private static PathItem PathItemOf(JsonObject item)
    {
        var result = new PathItem
        {
            Get = OperationOf(item["get"]),
            Put = OperationOf(item["put"]),
            Post = OperationOf(item["post"]),
            Delete = OperationOf(item["delete"]),
            Patch = OperationOf(item["patch"]),
        };
        result.Parameters.AddRange(Items(item["parameters"]).Select(ParameterOf));
        return result;
    }

    private static Operation? OperationOf(JsonNode? node)
    {
        if (node is not JsonObject operation)
        {
            return null;
        }

        var result = new Operation { Description = Text(operation["description"]), OperationId = Text(operation["operationId"]), Responses = new Responses() };
        result.Tags.AddRange(Items(operation["tags"]).Select(Text));
        result.Produces.AddRange(Items(operation["produces"]).Select(Text));
        result.Consumes.AddRange(Items(operation["consumes"]).Select(Text));
        result.Schemes.AddRange(Items(operation["schemes"]).Select(Text));
        result.Parameters.AddRange(Items(operation["parameters"]).Select(ParameterOf));
        foreach (var (code, response) in Members(operation["responses"]))
        {
            result.Responses.ResponseCode.Add(new NamedResponseValue { Name = code, Value = new ResponseValue { Response = ResponseOf(response!.AsObject()) } });
        }

        result.VendorExtension.AddRange(ExtensionsOf(operation));
        return result;
    }

    private static Response ResponseOf(JsonObject response) => new()
    {
        Description = Text(response["description"]),
        Schema = response["schema"] is JsonObject schema ? new SchemaItem { Schema = SchemaOf(schema) } : null,
    };

    private static ParametersItem ParameterOf(JsonNode? node)
    {
        var parameter = node!.AsObject();
        return new ParametersItem
        {
            Parameter = Text(parameter["in"]) switch
            {
                "body" => new Parameter { BodyParameter = BodyOf(parameter) },
                "path" => new Parameter { NonBodyParameter = new NonBodyParameter { PathParameterSubSchema = PathOf(parameter) } },
                _ => new Parameter { NonBodyParameter = new NonBodyParameter { QueryParameterSubSchema = QueryOf(parameter) } },
            },
        };
    }

    private static BodyParameter BodyOf(JsonObject parameter) => new()
    {
        Name = Text(parameter["name"]),
        In = "body",
        Description = Text(parameter["description"]),
        Required = Flag(parameter["required"]),
        Schema = SchemaOf(parameter["schema"]!.AsObject()),
    };

    private static PathParameterSubSchema PathOf(JsonObject parameter) => new()
    {
        Name = Text(parameter["name"]),
        In = "path",
        Description = Text(parameter["description"]),
        Required = Flag(parameter["required"]),
        Type = Text(parameter["type"]),
        UniqueItems = Flag(parameter["uniqueItems"]),
    };

    private static QueryParameterSubSchema QueryOf(JsonObject parameter) => new()
    {
        Name = Text(parameter["name"]),
        In = "query",
        Description = Text(parameter["description"]),
        Required = Flag(parameter["required"]),
        Type = Text(parameter["type"]),
        UniqueItems = Flag(parameter["uniqueItems"]),
    };

    private static Schema SchemaOf(JsonObject schema)
    {
        var result = new Schema
        {
            Ref = Text(schema["$ref"]),
            Format = Text(schema["format"]),
            Title = Text(schema["title"]),
            Description = Text(schema["description"]),
            Default = schema["default"] is { } value ? AnyOf(value) : null,
            Pattern = Text(schema["pattern"]),
            UniqueItems = Flag(schema["uniqueItems"]),
            ExclusiveMaximum = Flag(schema["exclusiveMaximum"]),
            ExclusiveMinimum = Flag(schema["exclusiveMinimum"]),
            MultipleOf = Number(schema["multipleOf"]),
            Maximum = Number(schema["maximum"]),
            Minimum = Number(schema["minimum"]),
            MaxLength = Whole(schema["maxLength"]),
            MinLength = Whole(schema["minLength"]),
            MaxItems = Whole(schema["maxItems"]),
            MinItems = Whole(schema["minItems"]),
            MaxProperties = Whole(schema["maxProperties"]),
            MinProperties = Whole(schema["minProperties"]),
        };
        result.Required.AddRange(Items(schema["required"]).Select(Text));
        result.Enum.AddRange(Items(schema["enum"]).Select(AnyOf));
        result.AllOf.AddRange(Items(schema["allOf"]).OfType<JsonObject>().Select(SchemaOf));
        result.VendorExtension.AddRange(ExtensionsOf(schema));
        AddStructure(schema, result);
        return result;
    }

    private static void AddStructure(JsonObject schema, Schema result)
    {
        if (schema["type"] is { } type)
        {
            result.Type = new TypeItem { Value = { type is JsonArray types ? types.Select(Text) : [Text(type)] } };
        }

        if (schema["items"] is JsonObject items)
        {
            result.Items = new ItemsItem { Schema = { SchemaOf(items) } };
        }

        result.AdditionalProperties = schema["additionalProperties"] switch
        {
            JsonObject values => new AdditionalPropertiesItem { Schema = SchemaOf(values) },
            JsonValue flag => new AdditionalPropertiesItem { Boolean = Flag(flag) },
            _ => null,
        };
        if (schema["properties"] is JsonObject properties)
        {
            result.Properties = new Properties();
            foreach (var (name, property) in properties)
            {
                result.Properties.AdditionalProperties.Add(new NamedSchema { Name = name, Value = SchemaOf(property!.AsObject()) });
            }
        }
    }

    private static IEnumerable<NamedAny> ExtensionsOf(JsonObject node) =>
        node.Where(static member => member.Key.StartsWith(ExtensionPrefix, StringComparison.Ordinal))
            .Select(static member => new NamedAny { Name = member.Key, Value = AnyOf(member.Value) });

    private static Any AnyOf(JsonNode? value) => new() { Yaml = KubeYaml.Write(value) };

    private static IEnumerable<JsonNode?> Items(JsonNode? list) => list as JsonArray ?? [];

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Members(JsonNode? map) => map as JsonObject ?? [];

    private static string Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : string.Empty;

    private static bool Flag(JsonNode? node) => node is JsonValue value && value.TryGetValue(out bool flag) && flag;

    private static double Number(JsonNode? node) => node is JsonValue value && value.TryGetValue(out double number) ? number : Whole(node);

    private static long Whole(JsonNode? node) => node is JsonValue value && value.TryGetValue(out long number) ? number : 0;
}
