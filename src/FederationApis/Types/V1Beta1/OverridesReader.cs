using System.Text;
using System.Text.Json;

namespace KubeFed.FederationApis.Types.V1Beta1;

/// <summary>Reads <c>spec.overrides</c>: a fault inside an entry stays with that entry's cluster.</summary>
internal static class OverridesReader
{
    public static ClusterOverrides[] Read(JsonElement overrides, string path)
    {
        JsonShape.RequireArray(overrides, path);
        var result = new ClusterOverrides[overrides.GetArrayLength()];
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = ReadEntry(overrides[i], $"{path}[{i}]");
        }

        return result;
    }

    private static ClusterOverrides ReadEntry(JsonElement entry, string path)
    {
        var cluster = JsonShape.RequireTextMember(entry, "clusterName", path);
        var operations = new List<OverrideOperation>();
        try
        {
            if (JsonShape.Member(entry, "clusterOverrides") is { } list)
            {
                ReadOperations(list, path + ".clusterOverrides", operations);
            }

            return new ClusterOverrides(cluster, operations);
        }
        catch (FieldShapeException e)
        {
            return new ClusterOverrides(cluster, operations, e.Message);
        }
    }

    private static void ReadOperations(JsonElement list, string path, List<OverrideOperation> operations)
    {
        JsonShape.RequireArray(list, path);
        var index = 0;
        foreach (var item in list.EnumerateArray())
        {
            var at = $"{path}[{index++}]";
            var target = JsonShape.RequireTextMember(item, "path", at);
            var op = JsonShape.Member(item, "op") is { } text ? JsonShape.RequireText(text, at + ".op") : null;
            ReadOnlyMemory<byte>? value = null;
            if (item.TryGetProperty("value", out var json))
            {
                value = Encoding.UTF8.GetBytes(json.GetRawText());
            }

            operations.Add(new OverrideOperation(op, target, value));
        }
    }
}
