using System.Text.Json;
using System.Text.Json.Nodes;

namespace KubeFed.ApiServerRuntime.Negotiation;

/// <summary>Builds trees of JSON in which members are given twice: the last one wins, and the paths of the others are told.</summary>
internal static class DuplicateMembers
{
    public static JsonNode? LastWins(JsonElement element, List<string> duplicates) => Build(element, string.Empty, duplicates);

    private static JsonNode? Build(JsonElement element, string path, List<string> duplicates)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                return BuildObject(element, path, duplicates);
            case JsonValueKind.Array:
                var array = new JsonArray();
                foreach (JsonElement item in element.EnumerateArray())
                {
                    array.Add(Build(item, $"{path}[{array.Count}]", duplicates));
                }

                return array;
            case JsonValueKind.Null:
                return null;
            default:
                return JsonValue.Create(element);
        }
    }

    private static JsonObject BuildObject(JsonElement element, string path, List<string> duplicates)
    {
        var result = new JsonObject();
        foreach (JsonProperty member in element.EnumerateObject())
        {
            string place = path.Length == 0 ? member.Name : $"{path}.{member.Name}";
            if (result.ContainsKey(member.Name) && !duplicates.Contains(place))
            {
                duplicates.Add(place);
            }

            result[member.Name] = Build(member.Value, place, duplicates);
        }

        return result;
    }
}
