using System.Buffers;
using System.Text.Json;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiServerRuntime.Negotiation;
using KubeFed.ApiServerRuntime.Tables;

namespace KubeFed.ApiServerRuntime.Handlers;

/// <summary>Writes single objects in a shape.</summary>
internal static class ObjectShaper
{
    /// <exception cref="StatusException">406: the shape is one for lists.</exception>
    public static void Write(IBufferWriter<byte> output, KubeObject item, ResourceRequest request, ResponseFormat format)
    {
        switch (format.Shape)
        {
            case ResponseShape.Table:
                request.Table(format).Write(output, [item], null, columns: true);
                break;
            case ResponseShape.PartialObject:
                using (var json = new Utf8JsonWriter(output, JsonFormatting.Compact))
                {
                    PartialObject.Write(json, item, format.MetaVersion);
                }

                break;
            case ResponseShape.PartialObjectList:
                throw NoObject();
            default:
                output.Write(item.Utf8Json.Span);
                break;
        }
    }

    /// <summary>406: a list is asked for where there is none.</summary>
    public static StatusException NoObject() => NotAcceptable("you requested PartialObjectMetadataList, but the requested object is not a list");

    public static StatusException NotAcceptable(string message) =>
        new(new Status { Outcome = "Failure", Code = 406, Reason = StatusReason.NotAcceptable, Message = message });
}
