using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace KubeFed.Conformance.Faults.Storms;

/// <summary>The objects of a storm: small, and without rules of their own.</summary>
internal static class Records
{
    public const string Namespace = "storm";
    public const string Collection = $"apis/core.kubefed.io/v1alpha1/namespaces/{Namespace}/propagatedversions";
    public const string KeyPart = $"/propagatedversions/{Namespace}/";

    /// <summary>The JSON of an object.</summary>
    public static string Json(string name, string token, long? revision) => new JsonObject
    {
        ["apiVersion"] = "core.kubefed.io/v1alpha1",
        ["kind"] = "PropagatedVersion",
        ["metadata"] = Metadata(token, revision, name),
    }.ToJsonString();

    /// <summary>A merge patch.</summary>
    public static string Patch(string token, long? revision) => new JsonObject { ["metadata"] = Metadata(token, revision, null) }.ToJsonString();

    /// <summary>What a delete must find.</summary>
    public static string Preconditions(long revision) =>
        $$$"""{"kind":"DeleteOptions","apiVersion":"v1","preconditions":{"resourceVersion":"{{{revision}}}"}}""";

    /// <summary>Name, revision and token of an object.</summary>
    public static (string Name, long Revision, string? Token) Read(JsonElement item)
    {
        JsonElement metadata = item.GetProperty("metadata");
        string name = metadata.TryGetProperty("name", out JsonElement text) ? text.GetString()! : string.Empty;
        string? token = metadata.TryGetProperty("annotations", out JsonElement annotations) && annotations.TryGetProperty("token", out JsonElement value) ? value.GetString() : null;
        long revision = metadata.TryGetProperty("resourceVersion", out JsonElement version) ? long.Parse(version.GetString()!) : 0;
        return (name, revision, token);
    }

    public static StringContent Content(string json, string type = "application/json") => new(json, Encoding.UTF8, type);

    private static JsonObject Metadata(string token, long? revision, string? name)
    {
        var metadata = new JsonObject { ["annotations"] = new JsonObject { ["token"] = token } };
        if (name is not null)
        {
            metadata["name"] = name;
        }

        if (revision is { } value)
        {
            metadata["resourceVersion"] = $"{value}";
        }

        return metadata;
    }
}
