using System.Text.Json.Nodes;

namespace KubeFed.ApiServerRuntime.OpenApi;

/// <summary>Writes operations as paths of OpenAPI v3 (<c>openapi: 3.0.0</c>).</summary>
internal static class OpenApiWriter
{
    private static readonly string[] Produces = ["application/json", "application/yaml"];

    public static JsonObject Paths(IEnumerable<ApiOperation> operations) => PathTree.Of(operations, Operation, PathParameter);

    private static JsonObject Operation(ApiOperation operation)
    {
        var result = new JsonObject
        {
            ["description"] = operation.Description,
            ["operationId"] = operation.Id,
            ["tags"] = new JsonArray(Extensions.Tag(operation)),
            ["parameters"] = new JsonArray([.. operation.Query.Select(Query)]),
            ["responses"] = Responses(operation),
            ["x-kubernetes-action"] = operation.Action,
            ["x-kubernetes-group-version-kind"] = Extensions.Kind(operation.Kind),
        };
        if (operation.Body is { } body)
        {
            result["requestBody"] = new JsonObject { ["content"] = Content(operation.Consumes, body), ["required"] = operation.Method != "delete" };
        }

        return result;
    }

    private static JsonObject Responses(ApiOperation operation)
    {
        var responses = new JsonObject();
        foreach (var (code, description) in operation.Successes)
        {
            responses[code.ToString()] = new JsonObject { ["description"] = description, ["content"] = Content(Produces, operation.Response) };
        }

        responses["401"] = new JsonObject { ["description"] = "Unauthorized" };
        return responses;
    }

    private static JsonObject Content(IEnumerable<string> mediaTypes, string definition)
    {
        var content = new JsonObject();
        foreach (var mediaType in mediaTypes)
        {
            content[mediaType] = new JsonObject { ["schema"] = new JsonObject { ["$ref"] = "#/components/schemas/" + definition } };
        }

        return content;
    }

    private static JsonObject Query(QueryParameter parameter) => Parameter(parameter.Name, "query", parameter.Description, parameter.Type);

    private static JsonObject PathParameter((string Name, string Description) parameter)
    {
        var result = Parameter(parameter.Name, "path", parameter.Description, "string");
        result["required"] = true;
        return result;
    }

    private static JsonObject Parameter(string name, string place, string description, string type) => new()
    {
        ["name"] = name,
        ["in"] = place,
        ["description"] = description,
        ["schema"] = new JsonObject { ["type"] = type, ["uniqueItems"] = true },
    };
}
