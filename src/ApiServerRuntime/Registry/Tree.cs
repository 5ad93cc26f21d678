using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Objects;

namespace KubeFed.ApiServerRuntime.Registry;

/// <summary>Reads and writes the usual members of an object's tree.</summary>
internal static class Tree
{
    private static readonly ObjectMetaJsonConverter Converter = new();

    /// <summary>The metadata, made when it is missing or null.</summary>
    public static JsonObject Metadata(JsonObject root)
    {
        if (root["metadata"] is not JsonObject metadata)
        {
            root["metadata"] = metadata = [];
        }

        return metadata;
    }

    /// <summary>The metadata, decoded: all but the managed fields, which are large and no part of it.</summary>
    /// <exception cref="StatusException">400: it has a wrong shape.</exception>
    public static ObjectMeta ReadMetadata(JsonObject metadata)
    {
        var reader = new Utf8JsonReader(
            CanonicalJson.Encode(metadata, static name => name != "managedFields"), new JsonReaderOptions { MaxDepth = KubeObject.MaxDepth });
        try
        {
            reader.Read();
            return Converter.Read(ref reader, typeof(ObjectMeta), JsonSerializerOptions.Default);
        }
        catch (JsonException e)
        {
            throw new StatusException(StatusErrors.BadRequest($"the metadata cannot be read: {e.Message}").Status, e);
        }
    }

    /// <summary>A string member; empty when it is missing or no string.</summary>
    public static string Text(JsonObject map, string name) =>
        map.TryGetPropertyValue(name, out var node) && node is JsonValue value && value.GetValueKind() == JsonValueKind.String
            ? value.GetValue<string>()
            : string.Empty;

    /// <summary>Sets a string member, or removes it when the text is empty or null.</summary>
    public static void SetText(JsonObject map, string name, string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            map.Remove(name);
        }
        else if (Text(map, name) != text)
        {
            map[name] = text;
        }
    }

    /// <summary>Sets a time member, or removes it.</summary>
    public static void SetTime(JsonObject map, string name, DateTimeOffset? time) => SetText(map, name, time is null ? null : Format(time.Value));

    /// <summary>Sets a member to a value, or removes it when there is none.</summary>
    public static void Set(JsonObject map, string name, JsonNode? value)
    {
        if (value is null)
        {
            map.Remove(name);
        }
        else
        {
            map[name] = value;
        }
    }

    /// <summary>Takes a member out of its tree; null when it is missing.</summary>
    public static JsonNode? Take(JsonObject map, string name)
    {
        if (map.TryGetPropertyValue(name, out var node))
        {
            map.Remove(name);
        }

        return node;
    }

    /// <summary>Whether a list member is missing, null or empty.</summary>
    public static bool IsEmptyList(JsonObject map, string name) => map[name] is not JsonArray { Count: > 0 };

    /// <summary>RFC 3339 in UTC, in seconds.</summary>
    public static string Format(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Whether two objects are equal in everything but the metadata and, if asked, the status.</summary>
    public static bool ContentEquals(JsonObject a, JsonObject b, bool withStatus)
    {
        int count = 0;
        foreach (var (name, value) in a)
        {
            if (IsContent(name, withStatus))
            {
                count++;
                if (!b.TryGetPropertyValue(name, out var other) || !JsonNode.DeepEquals(value, other))
                {
                    return false;
                }
            }
        }

        foreach (var (name, _) in b)
        {
            count -= IsContent(name, withStatus) ? 1 : 0;
        }

        return count == 0;
    }

    private static bool IsContent(string name, bool withStatus) => name != "metadata" && (withStatus || name != "status");
}
