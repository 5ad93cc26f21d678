using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using KubeFed.ApiMachinery.Identity;

namespace KubeFed.ApiMachinery.Objects;

/// <summary>
/// A Kubernetes object of any type: its JSON as UTF-8, immutable, with <c>apiVersion</c>, <c>kind</c> and <c>metadata</c>
/// decoded. Safe to share between threads. Everything else is read from the bytes when asked for; to change an object,
/// take <see cref="Change"/>, or <see cref="ToNode"/> and <see cref="FromNode"/>.
/// </summary>
public sealed class KubeObject
{
    /// <summary>Deepest nesting that is read. Deeper input is refused, never followed.</summary>
    public const int MaxDepth = 256;

    private static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = MaxDepth };
    private static readonly JsonDocumentOptions DocumentOptions = new() { MaxDepth = MaxDepth };

    private KubeObject(ReadOnlyMemory<byte> json, GroupVersionKind kind, ObjectMeta metadata)
    {
        Utf8Json = json;
        GroupVersionKind = kind;
        Metadata = metadata;
    }

    /// <summary>The object's JSON. Never change the memory behind it.</summary>
    public ReadOnlyMemory<byte> Utf8Json { get; }

    /// <summary>Group, version and kind.</summary>
    public GroupVersionKind GroupVersionKind { get; }

    /// <summary>The decoded metadata.</summary>
    public ObjectMeta Metadata { get; }

    /// <summary>The <c>apiVersion</c> field.</summary>
    public string ApiVersion => GroupVersionKind.ApiVersion;

    /// <summary>The <c>kind</c> field.</summary>
    public string Kind => GroupVersionKind.Kind;

    /// <summary>Namespace and name.</summary>
    public NamespacedName Key => new(Metadata.Namespace, Metadata.Name);

    /// <summary>
    /// Reads an object. The memory is kept, not copied, and must not change afterwards. Items of a list of a built-in type
    /// carry neither <c>apiVersion</c> nor <c>kind</c>: <paramref name="fallback"/> is written into those.
    /// </summary>
    /// <exception cref="KubeObjectFormatException">
    /// Not JSON, not an object, too deep, metadata of a wrong shape, or somewhere a string that is no Unicode text.
    /// </exception>
    public static KubeObject Parse(ReadOnlyMemory<byte> utf8Json, GroupVersionKind? fallback = null)
    {
        if (TextCheck.Refusal(utf8Json.Span) is { } reason)
        {
            throw new KubeObjectFormatException($"not a Kubernetes object: {reason}");
        }

        try
        {
            return KubeObjectReader.Read(utf8Json, fallback, ReaderOptions);
        }
        catch (JsonException e)
        {
            throw new KubeObjectFormatException($"not a Kubernetes object: {e.Message}", e);
        }
        catch (InvalidOperationException e)
        {
            throw new KubeObjectFormatException("not a Kubernetes object: a string holds bytes that are not UTF-8", e);
        }
    }

    /// <summary>Makes an object of a tree. Later changes of the tree do not show in the object.</summary>
    /// <exception cref="KubeObjectFormatException">The tree is not an object with well-formed metadata.</exception>
    public static KubeObject FromNode(JsonNode node) => FromNode(node, static (writer, node) => node.WriteTo(writer));

    /// <summary>Makes an object of a tree, leaving out <c>metadata.managedFields</c>, which are often as large as all the rest.</summary>
    /// <inheritdoc cref="FromNode(JsonNode)"/>
    public static KubeObject FromNodeWithoutManagedFields(JsonObject node) => FromNode(node, WriteWithoutManagedFields);

    /// <summary>Makes an object of a typed value.</summary>
    public static KubeObject From<T>(T value, JsonTypeInfo<T> type) => Parse(JsonSerializer.SerializeToUtf8Bytes(value, type));

    /// <summary>A fresh tree of the object, the caller's to change.</summary>
    public JsonObject ToNode() => JsonNode.Parse(Utf8Json.Span, documentOptions: DocumentOptions)!.AsObject();

    /// <summary>Begins a changed copy of the object.</summary>
    public KubeObjectBuilder Change() => new(ToNode());

    /// <summary>Decodes the object into a type.</summary>
    /// <exception cref="KubeObjectFormatException">The object does not fit the type; the message names the field.</exception>
    public T Deserialize<T>(JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(Utf8Json.Span, type)
                ?? throw new KubeObjectFormatException($"{Describe()} is null");
        }
        catch (JsonException e)
        {
            throw new KubeObjectFormatException($"{Describe()}: {e.Path ?? "$"} has a wrong type", e);
        }
    }

    /// <summary>
    /// The bytes of the value at a path of member names, without building a tree. False when a member is missing or
    /// something on the way is not an object.
    /// </summary>
    public bool TryGetRaw(out ReadOnlyMemory<byte> value, params ReadOnlySpan<string> path) =>
        KubeObjectReader.TryFind(Utf8Json, path, ReaderOptions, out value);

    /// <summary>The string at a path of member names, or null when it is missing or no string.</summary>
    public string? GetString(params ReadOnlySpan<string> path)
    {
        if (!TryGetRaw(out var raw, path))
        {
            return null;
        }

        var reader = new Utf8JsonReader(raw.Span, ReaderOptions);
        return reader.Read() && reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
    }

    /// <summary>A tree of the value at a path of member names, or null when it is missing or null.</summary>
    public JsonNode? GetNode(params ReadOnlySpan<string> path) =>
        TryGetRaw(out var raw, path) ? JsonNode.Parse(raw.Span, documentOptions: DocumentOptions) : null;

    /// <summary>Decodes <c>metadata.managedFields</c>; empty when there are none.</summary>
    public IReadOnlyList<ManagedFieldsEntry> ReadManagedFields() =>
        TryGetRaw(out var raw, "metadata", "managedFields")
            ? JsonSerializer.Deserialize(raw.Span, ObjectMetaJsonContext.Default.IReadOnlyListManagedFieldsEntry) ?? []
            : [];

    /// <summary><c>Kind "namespace/name"</c>, for messages.</summary>
    public string Describe() => $"{Kind} \"{Key}\"";

    /// <inheritdoc/>
    public override string ToString() => Describe();

    private static KubeObject FromNode<T>(T node, Action<Utf8JsonWriter, T> write)
    {
        using var buffer = new MemoryStream();
        try
        {
            using var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { MaxDepth = MaxDepth * 2 });
            write(writer, node);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            throw new KubeObjectFormatException($"not a Kubernetes object: {e.Message}", e);
        }

        return Parse(buffer.ToArray());
    }

    private static void WriteWithoutManagedFields(Utf8JsonWriter writer, JsonObject root)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in root)
        {
            writer.WritePropertyName(name);
            if (name == "metadata" && value is JsonObject metadata)
            {
                WriteMembers(writer, metadata.Where(static member => member.Key != "managedFields"));
            }
            else
            {
                WriteValue(writer, value);
            }
        }

        writer.WriteEndObject();
    }

    private static void WriteMembers(Utf8JsonWriter writer, IEnumerable<KeyValuePair<string, JsonNode?>> members)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in members)
        {
            writer.WritePropertyName(name);
            WriteValue(writer, value);
        }

        writer.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter writer, JsonNode? value)
    {
        if (value is null)
        {
            writer.WriteNullValue();
        }
        else
        {
            value.WriteTo(writer);
        }
    }

    internal static KubeObject Create(ReadOnlyMemory<byte> json, GroupVersionKind kind, ObjectMeta metadata) =>
        new(json, kind, metadata);
}
