using System.Text.Json.Nodes;

namespace KubeFed.ApiServerRuntime.OpenApi;

/// <summary>Writes operations as paths of OpenAPI v2 (<c>swagger: "2.0"</c>).</summary>
internal static class SwaggerWriter
{
    private static readonly string[] Produces = ["application/json", "application/yaml"];

    public static JsonObject Paths(IEnumerable<ApiOperation> operations) => PathTree.Of(operations, Operation, PathParameter);

    private static JsonObject Operation(ApiOperation operation)
    {
        var result = new JsonObject
        {
            ["description"] = operation.Description,
            ["operationId"] = operation.Id,
            ["schemes"] = new JsonArray("https"),
            ["tags"] = new JsonArray(Extensions.Tag(operation)),
            ["consumes"] = Extensions.Strings(operation.Consumes.Count == 0 ? ["application/json", "application/yaml"] : operation.Consumes),
            ["produces"] = Extensions.Strings(Produces),
            ["responses"] = Responses(operation),
            ["x-kubernetes-action"] = operation.Action,
            ["x-kubernetes-group-version-kind"] = Extensions.Kind(operation.Kind),
        };
        var parameters = operation.Query.Select(Query).ToList();
        if (operation.Body is { } body)
        {
            parameters.Add(new JsonObject { ["name"] = "body", ["in"] = "body", ["required"] = operation.Method != "delete", ["schema"] = Ref(body) });
        }

        result["parameters"] = new JsonArray([.. parameters]);
        return result;
    }

    private static JsonObject Responses(ApiOperation operation)
    {
        var responses = new JsonObject();
        foreach (var (code, description) in operation.Successes)
        {
            responses[code.ToString()] = new JsonObject { ["description"] = description, ["schema"] = Ref(operation.Response) };
        }

        responses["401"] = new JsonObject { ["description"] = "Unauthorized" };
        return responses;
    }

    private static JsonObject Query(QueryParameter parameter) => new()
    {
        ["name"] = parameter.Name,
        ["in"] = "query",
        ["description"] = parameter.Description,
        ["type"] = parameter.Type,
        ["uniqueItems"] = true,
    };

    private static JsonObject PathParameter((string Name, string Description) parameter) => new()
    {
        ["name"] = parameter.Name,
        ["in"] = "path",
        ["required"] = true,
        ["description"] = parameter.Description,
        ["type"] = "string",
        ["uniqueItems"] = true,
    };

    private static JsonObject Ref(string definition) => new() { ["$ref"] = "#/definitions/" + definition };
}
