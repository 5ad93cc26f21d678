using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;
using System.Text.Json;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiServerRuntime.Negotiation;
using KubeFed.ApiServerRuntime.Tables;

namespace KubeFed.ApiServerRuntime.Handlers;

/// <summary>Sends lists. A list as JSON is streamed: the bytes of its items are copied, never joined in memory.</summary>
internal static class ListResponse
{
    private const int FlushThreshold = 64 * 1024;

    /// <exception cref="StatusException">406: the shape is one for single objects.</exception>
    public static ValueTask SendAsync(ResourceRequest request, ResponseFormat format, KubeObjectList list) => format switch
    {
        { Shape: ResponseShape.PartialObject } =>
            throw NoList(),
        { Shape: ResponseShape.Object, IsPlainJson: true } => StreamAsync(request, format, list),
        _ => SendWholeAsync(request, format, list),
    };

    /// <summary>406: an object is asked for where there is a list.</summary>
    public static StatusException NoList() => ObjectShaper.NotAcceptable("you requested PartialObjectMetadata, but the requested object is a list");

    private static async ValueTask StreamAsync(ResourceRequest request, ResponseFormat format, KubeObjectList list)
    {
        using PooledBuffer tail = Tail(request, list);
        byte[] head = Head(request);
        long length = head.Length + tail.Length + Math.Max(0, list.Items.Count - 1);
        for (int i = 0; i < list.Items.Count; i++)
        {
            length += list.Items[i].Utf8Json.Length;
        }

        ResponseWriter.Begin(request.Http, format.ContentType, 200);
        if (ResponseWriter.Compress(request.Http, length))
        {
            Stream body = request.Http.Response.BodyWriter.AsStream(leaveOpen: true);
            await using var gzip = new GZipStream(body, CompressionLevel.Fastest);
            PipeWriter compressed = PipeWriter.Create(gzip, new StreamPipeWriterOptions(minimumBufferSize: FlushThreshold, leaveOpen: true));
            await CopyAsync(compressed, head, list.Items, tail.WrittenMemory, request.Cancellation);
            await compressed.CompleteAsync();
        }
        else
        {
            request.Http.Response.ContentLength = length;
            await CopyAsync(request.Http.Response.BodyWriter, head, list.Items, tail.WrittenMemory, request.Cancellation);
        }
    }

    private static async ValueTask CopyAsync(
        PipeWriter output, byte[] head, IReadOnlyList<KubeObject> items, ReadOnlyMemory<byte> tail, CancellationToken cancellationToken)
    {
        output.Write(head);
        int unflushed = head.Length;
        for (int i = 0; i < items.Count; i++)
        {
            if (i > 0)
            {
                output.Write(","u8);
            }

            ReadOnlyMemory<byte> item = items[i].Utf8Json;
            output.Write(item.Span);
            unflushed += item.Length;
            if (unflushed > FlushThreshold)
            {
                await output.FlushAsync(cancellationToken);
                unflushed = 0;
            }
        }

        output.Write(tail.Span);
        await output.FlushAsync(cancellationToken);
    }

    private static async ValueTask SendWholeAsync(ResourceRequest request, ResponseFormat format, KubeObjectList list)
    {
        using var buffer = new PooledBuffer(FlushThreshold);
        switch (format.Shape)
        {
            case ResponseShape.Table:
                request.Table(format).Write(buffer, list.Items, list, columns: true);
                break;
            case ResponseShape.PartialObjectList:
                WritePartial(buffer, format, list);
                break;
            default:
                WriteObjects(buffer, request, list);
                break;
        }

        await ResponseWriter.SendJsonAsync(request.Http, format, 200, buffer.WrittenMemory);
    }

    private static void WriteObjects(PooledBuffer buffer, ResourceRequest request, KubeObjectList list)
    {
        using PooledBuffer tail = Tail(request, list);
        buffer.Write(Head(request));
        for (int i = 0; i < list.Items.Count; i++)
        {
            buffer.Write(i > 0 ? ","u8 : default);
            buffer.Write(list.Items[i].Utf8Json.Span);
        }

        buffer.Write(tail.WrittenSpan);
    }

    private static void WritePartial(PooledBuffer buffer, ResponseFormat format, KubeObjectList list)
    {
        using var json = new Utf8JsonWriter(buffer, JsonFormatting.Compact);
        json.WriteStartObject();
        json.WriteString("kind"u8, "PartialObjectMetadataList"u8);
        json.WriteString("apiVersion"u8, $"meta.k8s.io/{format.MetaVersion}");
        json.WritePropertyName("metadata"u8);
        ListMetadata.Write(json, list.ResourceVersion, list.Continue, list.RemainingItemCount);
        json.WriteStartArray("items"u8);
        foreach (KubeObject item in list.Items)
        {
            PartialObject.Write(json, item, format.MetaVersion);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static byte[] Head(ResourceRequest request)
    {
        string version = new GroupVersion(request.Resource.Type.Group, request.Resource.Version.Name).ToString();
        return System.Text.Encoding.UTF8.GetBytes($"{{\"apiVersion\":\"{version}\",\"items\":[");
    }

    private static PooledBuffer Tail(ResourceRequest request, KubeObjectList list)
    {
        var buffer = new PooledBuffer(1024);
        buffer.Write("],"u8);
        using (var json = new Utf8JsonWriter(buffer, JsonFormatting.Compact))
        {
            // A list of a custom resource is a map in kube-apiserver: sorted members, and a token that is written even when empty.
            json.WriteString("kind"u8, request.Resource.Type.ListKind);
            json.WriteStartObject("metadata"u8);
            json.WriteString("continue"u8, list.Continue ?? string.Empty);
            if (list.RemainingItemCount is { } remaining)
            {
                json.WriteNumber("remainingItemCount"u8, remaining);
            }

            json.WriteString("resourceVersion"u8, list.ResourceVersion);
            json.WriteEndObject();
        }

        buffer.Write("}\n"u8);
        return buffer;
    }
}
