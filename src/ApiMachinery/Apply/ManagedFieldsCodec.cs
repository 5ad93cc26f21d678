using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace KubeFed.ApiMachinery.Apply;

/// <summary>Reads and writes <c>metadata.managedFields</c>.</summary>
internal static class ManagedFieldsCodec
{
    private const string TimeForm = "yyyy-MM-dd'T'HH:mm:ss'Z'";
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 0, SkipValidation = true };

    public static JsonNode? Of(JsonObject? obj) => obj?["metadata"] is JsonObject metadata ? metadata["managedFields"] : null;

    /// <summary>Whether the list asks to forget all owners: it is empty, or holds one empty entry.</summary>
    public static bool IsReset(JsonNode? managedFields) =>
        managedFields is JsonArray list && (list.Count == 0 || (list.Count == 1 && list[0] is JsonObject { Count: 0 }));

    /// <summary>Reads the entries.</summary>
    /// <returns>False, and why, when the list is not valid.</returns>
    public static bool TryRead(JsonNode? managedFields, out ManagedFields result, out string? fault)
    {
        var entries = new List<OwnedFields>();
        fault = null;
        if (managedFields is not null and not JsonArray)
        {
            fault = "managedFields is no list";
        }

        for (var i = 0; managedFields is JsonArray list && i < list.Count && fault is null; i++)
        {
            fault = ReadEntry(list[i], i, entries);
        }

        result = fault is null ? new ManagedFields(entries) : ManagedFields.None;
        return fault is null;
    }

    /// <summary>Writes the entries, sorted; null when there are none.</summary>
    public static JsonArray? Write(ManagedFields managed)
    {
        if (managed.IsEmpty)
        {
            return null;
        }

        managed.Sort();
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, Writing))
        {
            writer.WriteStartArray();
            foreach (var entry in managed.Entries)
            {
                WriteEntry(writer, entry);
            }

            writer.WriteEndArray();
        }

        return (JsonArray)JsonNode.Parse(buffer.WrittenSpan, documentOptions: new JsonDocumentOptions { MaxDepth = 1024 })!;
    }

    private static string? ReadEntry(JsonNode? node, int index, List<OwnedFields> entries)
    {
        if (node is not JsonObject entry)
        {
            return $"managed fields entry {index} is no object";
        }

        var operation = Text(entry, "operation");
        if (operation is not ("Apply" or "Update"))
        {
            return "operation must be `Apply` or `Update`";
        }

        var version = Text(entry, "apiVersion");
        if (version.Length == 0)
        {
            return "apiVersion must not be empty";
        }

        var type = Text(entry, "fieldsType");
        if (type != "FieldsV1")
        {
            return type.Length == 0 ? $"missing fieldsType in managed fields entry {index}" : $"invalid fieldsType \"{type}\" in managed fields entry {index}";
        }

        if (!TryTime(entry, out var time))
        {
            return $"invalid time in managed fields entry {index}";
        }

        return AddEntry(entry, operation == "Apply", version, time, entries);
    }

    private static string? AddEntry(JsonObject entry, bool applies, string version, DateTimeOffset? time, List<OwnedFields> entries)
    {
        var owner = new FieldOwner(Text(entry, "manager"), applies, applies ? "" : version, Text(entry, "subresource"));
        try
        {
            var fields = FieldsV1.Read(entry["fieldsV1"]);
            entries.RemoveAll(e => e.Owner == owner);
            entries.Add(new OwnedFields(owner, version, fields, time));
            return null;
        }
        catch (FormatException e)
        {
            return $"error decoding the fields of {owner.Manager}: {e.Message}";
        }
    }

    private static bool TryTime(JsonObject entry, out DateTimeOffset? time)
    {
        time = null;
        var text = Text(entry, "time");
        if (text.Length == 0)
        {
            return entry["time"] is null or JsonValue;
        }

        var valid = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed);
        time = valid ? parsed.ToUniversalTime() : null;
        return valid;
    }

    private static string Text(JsonObject entry, string name) =>
        entry.TryGetPropertyValue(name, out var value) && value is JsonValue scalar && scalar.TryGetValue<string>(out var text) ? text : "";

    private static void WriteEntry(Utf8JsonWriter writer, OwnedFields entry)
    {
        writer.WriteStartObject();
        writer.WriteString("apiVersion"u8, entry.ApiVersion);
        writer.WriteString("fieldsType"u8, "FieldsV1"u8);
        writer.WritePropertyName("fieldsV1"u8);
        FieldsV1.WriteNode(writer, entry.Fields, isMember: false);
        writer.WriteString("manager"u8, entry.Owner.Manager);
        writer.WriteString("operation"u8, entry.Owner.Applies ? "Apply"u8 : "Update"u8);
        if (entry.Owner.Subresource.Length > 0)
        {
            writer.WriteString("subresource"u8, entry.Owner.Subresource);
        }

        if (entry.Time is { } time)
        {
            writer.WriteString("time"u8, time.ToUniversalTime().ToString(TimeForm, CultureInfo.InvariantCulture));
        }

        writer.WriteEndObject();
    }
}
