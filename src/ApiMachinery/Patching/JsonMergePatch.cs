using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Json;

namespace KubeFed.ApiMachinery.Patching;

/// <summary>Merge patches by RFC 7386: members of the patch replace those of the target, <c>null</c> removes, lists are replaced whole.</summary>
public static class JsonMergePatch
{
    /// <summary>The patched target. Neither argument is changed.</summary>
    public static JsonNode? Apply(JsonNode? target, JsonNode? patch)
    {
        if (patch is not JsonObject changes)
        {
            return patch?.DeepClone();
        }

        JsonObject result = target is JsonObject ? (JsonObject)target.DeepClone() : [];
        Merge(result, changes);
        return result;
    }

    /// <summary>
    /// The patch that makes <paramref name="modified"/> of <paramref name="original"/>. A merge patch cannot set a member to null:
    /// where <paramref name="modified"/> has one, the patch removes it.
    /// </summary>
    /// <returns>The patch; an empty object if the two are equal objects.</returns>
    public static JsonNode? Create(JsonNode? original, JsonNode? modified)
    {
        if (original is not JsonObject before || modified is not JsonObject after)
        {
            return modified?.DeepClone();
        }

        var patch = new JsonObject();
        foreach ((string name, JsonNode? value) in after)
        {
            bool existed = before.TryGetPropertyValue(name, out JsonNode? old);
            if (existed ? !JsonEquality.Equal(old, value) : value is not null)
            {
                patch.Add(name, value is JsonObject ? Create(old is JsonObject ? old : new JsonObject(), value) : value?.DeepClone());
            }
        }

        foreach ((string name, _) in before)
        {
            if (!after.ContainsKey(name))
            {
                patch.Add(name, null);
            }
        }

        return patch;
    }

    private static void Merge(JsonObject target, JsonObject changes)
    {
        foreach ((string name, JsonNode? change) in changes)
        {
            switch (change)
            {
                case null:
                    target.Remove(name);
                    break;
                case JsonObject nested:
                    if (target[name] is not JsonObject member)
                    {
                        target[name] = member = [];
                    }

                    Merge(member, nested);
                    break;
                default:
                    target[name] = change.DeepClone();
                    break;
            }
        }
    }
}
