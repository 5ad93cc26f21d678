using System.Buffers;
using System.Text.Json;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;

namespace KubeFed.ControllerRuntime.Finalizers;

/// <summary>
/// Reads finalizers and makes the patches that change them. The patches carry the version and UID of the object they were made from, so the
/// server refuses them with a conflict when the object has changed since: finalizers of others are never lost.
/// </summary>
public static class FinalizerExtensions
{
    /// <summary>Whether the object has the finalizer.</summary>
    public static bool HasFinalizer(this ObjectMeta metadata, string finalizer)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        return metadata.Finalizers.Contains(finalizer, StringComparer.Ordinal);
    }

    /// <summary>The metadata with the finalizer at the end of the list; the same metadata if it is there already.</summary>
    public static ObjectMeta WithFinalizer(this ObjectMeta metadata, string finalizer) =>
        metadata.HasFinalizer(finalizer) ? metadata : metadata with { Finalizers = [.. metadata.Finalizers, finalizer] };

    /// <summary>The metadata without the finalizer; the same metadata if it is not there.</summary>
    public static ObjectMeta WithoutFinalizer(this ObjectMeta metadata, string finalizer) => metadata.HasFinalizer(finalizer)
        ? metadata with { Finalizers = [.. metadata.Finalizers.Where(other => other != finalizer)] }
        : metadata;

    /// <summary>A merge patch that adds the finalizer, or null when there is nothing to do. Servers refuse it once the object is being deleted.</summary>
    public static Patch? AddFinalizerPatch(this KubeObject value, string finalizer)
    {
        ArgumentNullException.ThrowIfNull(value);
        return PatchTo(value.Metadata, value.Metadata.WithFinalizer(finalizer));
    }

    /// <summary>A merge patch that removes the finalizer, or null when there is nothing to do.</summary>
    public static Patch? RemoveFinalizerPatch(this KubeObject value, string finalizer)
    {
        ArgumentNullException.ThrowIfNull(value);
        return PatchTo(value.Metadata, value.Metadata.WithoutFinalizer(finalizer));
    }

    private static Patch? PatchTo(ObjectMeta before, ObjectMeta after)
    {
        if (ReferenceEquals(before, after))
        {
            return null;
        }

        var body = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(body))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("metadata");
            WriteIfSet(writer, "uid", before.Uid);
            WriteIfSet(writer, "resourceVersion", before.ResourceVersion);
            writer.WriteStartArray("finalizers");
            foreach (var finalizer in after.Finalizers)
            {
                writer.WriteStringValue(finalizer);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return new Patch(PatchType.Merge, body.WrittenMemory);
    }

    private static void WriteIfSet(Utf8JsonWriter writer, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            writer.WriteString(name, value);
        }
    }
}
