using System.Text.Json;
using System.Text.Json.Nodes;

namespace KubeFed.ApiMachinery.Meta;

/// <summary>A patch and its language.</summary>
/// <param name="Type">The language.</param>
/// <param name="Body">The patch as UTF-8 JSON.</param>
public readonly record struct Patch(PatchType Type, ReadOnlyMemory<byte> Body)
{
    /// <summary>An RFC 6902 patch of a tree, an array of operations. Later changes of the tree do not show.</summary>
    public static Patch Json(JsonNode operations) => new(PatchType.Json, ToBytes(operations));

    /// <summary>An RFC 7386 merge patch of a tree. Later changes of the tree do not show.</summary>
    public static Patch Merge(JsonNode patch) => new(PatchType.Merge, ToBytes(patch));

    /// <summary>A strategic merge patch of a tree; built-in types only. Later changes of the tree do not show.</summary>
    public static Patch StrategicMerge(JsonNode patch) => new(PatchType.StrategicMerge, ToBytes(patch));

    private static byte[] ToBytes(JsonNode node)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            node.WriteTo(writer);
        }

        return buffer.ToArray();
    }
}
