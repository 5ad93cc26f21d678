using System.Buffers;
using System.Text.Json;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiServerRuntime.Caching;
using KubeFed.ApiServerRuntime.Negotiation;
using KubeFed.ApiServerRuntime.Tables;

namespace KubeFed.ApiServerRuntime.Handlers;

/// <summary>
/// Writes the events of one watch. Objects and metadata are encoded once for all watches; Tables for each, since they hold ages and since
/// only the first event of a watch carries the columns.
/// </summary>
internal sealed class WatchEncoder
{
    private const string InitialEventsEnd = "k8s.io/initial-events-end";
    private readonly ResourceRequest _request;
    private readonly ResponseFormat _format;
    private readonly string _representation;
    private readonly Func<EventPayload, WatchEventType, ReadOnlyMemory<byte>> _encode;
    private bool _columnsSent;

    public WatchEncoder(ResourceRequest request, ResponseFormat format)
    {
        _request = request;
        _format = format;
        (_representation, _encode) = format switch
        {
            { Shape: ResponseShape.PartialObject or ResponseShape.PartialObjectList, MetaVersion: "v1beta1" } => ("json;metadata=v1beta1", EncodeMetadataBeta),
            { Shape: ResponseShape.PartialObject or ResponseShape.PartialObjectList } => ("json;metadata=v1", EncodeMetadata),
            _ => ("json", (Func<EventPayload, WatchEventType, ReadOnlyMemory<byte>>)EncodeObject),
        };
        Table = format.Shape == ResponseShape.Table ? IncludeObjects.Read(request.Query) : null;
    }

    private IncludeObject? Table { get; }

    /// <summary>Writes an event and returns its length.</summary>
    public int Write(IBufferWriter<byte> output, ResourceEvent @event)
    {
        if (Table is not { } include)
        {
            ReadOnlyMemory<byte> bytes = @event.Payload.Encoded(_representation, @event.Type, _encode);
            output.Write(bytes.Span);
            return bytes.Length;
        }

        using var buffer = new PooledBuffer();
        WriteStart(buffer, @event.Type);
        var table = new TableWriter(_request.Layout, include, _format.MetaVersion, _request.Time);
        table.Write(buffer, [Shown(@event)], null, columns: !_columnsSent);
        _columnsSent = true;
        buffer.Write("}\n"u8);
        output.Write(buffer.WrittenSpan);
        return buffer.Length;
    }

    public static void WriteError(IBufferWriter<byte> output, Status status)
    {
        using var buffer = new PooledBuffer();
        buffer.Write("{\"type\":\"ERROR\",\"object\":"u8);
        StatusJson.Write(buffer, status);
        buffer.Write("}\n"u8);
        output.Write(buffer.WrittenSpan);
    }

    private static ReadOnlyMemory<byte> EncodeObject(EventPayload payload, WatchEventType type)
    {
        using var buffer = new PooledBuffer(payload.Object.Utf8Json.Length + 64);
        WriteStart(buffer, type);
        buffer.Write(Shown(new ResourceEvent(type, payload)).Utf8Json.Span);
        buffer.Write("}\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    private static ReadOnlyMemory<byte> EncodeMetadata(EventPayload payload, WatchEventType type) => EncodeMetadata(payload, type, "v1");

    private static ReadOnlyMemory<byte> EncodeMetadataBeta(EventPayload payload, WatchEventType type) => EncodeMetadata(payload, type, "v1beta1");

    private static ReadOnlyMemory<byte> EncodeMetadata(EventPayload payload, WatchEventType type, string metaVersion)
    {
        using var buffer = new PooledBuffer();
        WriteStart(buffer, type);
        using (var json = new Utf8JsonWriter(buffer, JsonFormatting.Compact))
        {
            PartialObject.Write(json, Shown(new ResourceEvent(type, payload)), metaVersion);
        }

        buffer.Write("}\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The object of an event; of a bookmark only kind and version, and the mark of the end of the initial events.</summary>
    private static KubeObject Shown(ResourceEvent @event)
    {
        KubeObject item = @event.Payload.Object;
        if (@event.Type != WatchEventType.Bookmark)
        {
            return item;
        }

        using var buffer = new PooledBuffer();
        using (var json = new Utf8JsonWriter(buffer, JsonFormatting.Compact))
        {
            json.WriteStartObject();
            json.WriteString("apiVersion"u8, item.ApiVersion);
            json.WriteString("kind"u8, item.Kind);
            json.WriteStartObject("metadata"u8);
            if (@event.Payload.InitialEventsEnd)
            {
                json.WriteStartObject("annotations"u8);
                json.WriteString(InitialEventsEnd, "true"u8);
                json.WriteEndObject();
            }

            json.WriteString("resourceVersion"u8, item.Metadata.ResourceVersion);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return KubeObject.Parse(buffer.WrittenSpan.ToArray());
    }

    private static void WriteStart(PooledBuffer buffer, WatchEventType type) => buffer.Write(type switch
    {
        WatchEventType.Added => "{\"type\":\"ADDED\",\"object\":"u8,
        WatchEventType.Modified => "{\"type\":\"MODIFIED\",\"object\":"u8,
        WatchEventType.Deleted => "{\"type\":\"DELETED\",\"object\":"u8,
        _ => "{\"type\":\"BOOKMARK\",\"object\":"u8,
    });
}
