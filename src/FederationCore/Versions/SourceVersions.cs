using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using KubeFed.ApiMachinery.Objects;
using KubeFed.FederationApis.Types.V1Beta1;

namespace KubeFed.FederationCore.Versions;

/// <summary>
/// Versions of a federated object's sources, the same strings that KubeFed records: the hexadecimal MD5 of what Go's
/// encoder writes, with its final newline. They identify, they protect nothing.
/// </summary>
public static class SourceVersions
{
    private static readonly JsonDocumentOptions DocumentOptions = new() { MaxDepth = KubeObject.MaxDepth };

    /// <summary>The version of <c>spec.template</c>; empty when there is no template.</summary>
    public static string OfTemplate(FederatedObject source)
    {
        if (source.Template is not { } template)
        {
            return "";
        }

        var output = new ArrayBufferWriter<byte>(template.Length + 1);
        using var document = JsonDocument.Parse(template, DocumentOptions);
        GoJson.Write(document.RootElement, output, floatsOnly: false);
        return Hash(output);
    }

    /// <summary>The version of all of <c>spec.overrides</c>; empty when there is no spec. Members that no one knows do not count.</summary>
    public static string OfOverrides(FederatedObject source)
    {
        if (!source.HasSpec)
        {
            return "";
        }

        var output = new ArrayBufferWriter<byte>(256);
        output.Write("{\"overrides\":"u8);
        WriteList(source.Overrides, output, WriteEntry);
        output.Write("}"u8);
        return Hash(output);
    }

    private static string Hash(ArrayBufferWriter<byte> output)
    {
        output.Write("\n"u8);
#pragma warning disable CA5351 // The recorded form is KubeFed's; the hash tells versions apart and guards nothing.
        return Convert.ToHexStringLower(MD5.HashData(output.WrittenSpan));
#pragma warning restore CA5351
    }

    private static void WriteList<T>(IReadOnlyList<T> items, IBufferWriter<byte> output, Action<T, IBufferWriter<byte>> write)
    {
        if (items.Count == 0)
        {
            output.Write("null"u8);
            return;
        }

        for (var i = 0; i < items.Count; i++)
        {
            output.Write(i == 0 ? "["u8 : ","u8);
            write(items[i], output);
        }

        output.Write("]"u8);
    }

    private static void WriteEntry(ClusterOverrides entry, IBufferWriter<byte> output)
    {
        output.Write("{\"clusterName\":"u8);
        GoJson.WriteString(entry.ClusterName, output);
        if (entry.Operations.Count > 0)
        {
            output.Write(",\"clusterOverrides\":"u8);
            WriteList(entry.Operations, output, WriteOperation);
        }

        output.Write("}"u8);
    }

    private static void WriteOperation(OverrideOperation operation, IBufferWriter<byte> output)
    {
        output.Write("{"u8);
        if (!string.IsNullOrEmpty(operation.Op))
        {
            output.Write("\"op\":"u8);
            GoJson.WriteString(operation.Op, output);
            output.Write(","u8);
        }

        output.Write("\"path\":"u8);
        GoJson.WriteString(operation.Path, output);
        if (operation.Value is { } value && !value.Span.SequenceEqual("null"u8))
        {
            using var document = JsonDocument.Parse(value, DocumentOptions);
            output.Write(",\"value\":"u8);
            GoJson.Write(document.RootElement, output, floatsOnly: true);
        }

        output.Write("}"u8);
    }
}
