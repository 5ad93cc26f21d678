using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Json;

namespace KubeFed.ApiMachinery.Apply;

/// <summary>
/// The annotation in which kubectl kept what it applied before there was server-side apply. Manager <c>kubectl</c> owns what it names, and
/// keeps it up to date for those who go back.
/// </summary>
internal static class LastApplied
{
    public const string Annotation = "kubectl.kubernetes.io/last-applied-configuration";
    public const string Manager = "kubectl";
    private const int MaxAnnotationBytes = 256 * 1024;

    /// <summary>The fields that the annotation names and that still have the value it gives them.</summary>
    public static FieldSet Owned(TypeNode type, JsonObject live, string apiVersion)
    {
        if (Text(live) is not { Length: > 0 } text)
        {
            return FieldSet.Empty;
        }

        try
        {
            if (JsonNode.Parse(text) is not JsonObject config || config["apiVersion"]?.ToString() != apiVersion)
            {
                return FieldSet.Empty;
            }

            var differences = Comparer.Compare(type, config, live);
            return FieldsOf.Config(type, config).Except(differences.Modified).Except(differences.Added).Except(differences.Removed);
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return FieldSet.Empty;
        }
    }

    /// <summary>Writes the configuration into the annotation of an object that has it already; one too long is removed.</summary>
    public static void Refresh(JsonObject obj, JsonObject config)
    {
        if (Text(obj) is not { Length: > 0 })
        {
            return;
        }

        var copy = (JsonObject)config.DeepClone();
        (copy["metadata"]?["annotations"] as JsonObject)?.Remove(Annotation);
        var annotations = (JsonObject)obj["metadata"]!["annotations"]!;
        annotations[Annotation] = Encoding.UTF8.GetString(JsonText.Utf8(Sorted(copy)).Span) + "\n";
        if (SizeOf(annotations) > MaxAnnotationBytes)
        {
            annotations.Remove(Annotation);
        }
    }

    private static string? Text(JsonObject obj) =>
        obj["metadata"] is JsonObject metadata && metadata["annotations"] is JsonObject annotations
            && annotations[Annotation] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static JsonNode? Sorted(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject map:
                var result = new JsonObject();
                foreach (var (name, value) in map.OrderBy(static m => m.Key, StringComparer.Ordinal))
                {
                    result.Add(name, Sorted(value));
                }

                return result;
            case JsonArray list:
                return new JsonArray([.. list.Select(Sorted)]);
            default:
                return node?.DeepClone();
        }
    }

    private static long SizeOf(JsonObject annotations)
    {
        long size = 0;
        foreach (var (name, value) in annotations)
        {
            size += Encoding.UTF8.GetByteCount(name) + Encoding.UTF8.GetByteCount(value?.ToString() ?? "");
        }

        return size;
    }
}
