using System.Text.Json.Nodes;

namespace KubeFed.ApiServerRuntime.OpenApi;

/// <summary>The member <c>paths</c> of a document, which has one shape in both versions: path, method, operation.</summary>
internal static class PathTree
{
    public static JsonObject Of(
        IEnumerable<ApiOperation> operations, Func<ApiOperation, JsonObject> write, Func<(string Name, string Description), JsonObject> writeParameter)
    {
        var paths = new JsonObject();
        foreach (var group in operations.GroupBy(static operation => operation.Path).OrderBy(static group => group.Key, StringComparer.Ordinal))
        {
            var path = new JsonObject();
            foreach (var operation in group)
            {
                path[operation.Method] = write(operation);
            }

            path["parameters"] = new JsonArray([.. PathParameters.Of(group.Key).Select(writeParameter)]);
            paths[group.Key] = path;
        }

        return paths;
    }
}
