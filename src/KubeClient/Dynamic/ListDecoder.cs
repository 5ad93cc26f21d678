using System.Runtime.InteropServices;
using System.Text.Json;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;

namespace KubeFed.KubeClient.Dynamic;

/// <summary>
/// Decodes a page of a list out of a buffer that is used again afterwards: every item gets its own bytes, so that one
/// that stays in a cache keeps nothing else alive. Items without apiVersion and kind get those of the list.
/// </summary>
internal static class ListDecoder
{
    private static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = KubeObject.MaxDepth };

    public static KubeObjectList Decode(ReadOnlyMemory<byte> page)
    {
        try
        {
            var head = ReadHead(page.Span);
            var items = new KubeObject[head.Items.Count];
            for (var i = 0; i < items.Length; i++)
            {
                items[i] = ReadItem(page[head.Items[i]], head.ItemKind);
            }

            return new KubeObjectList(items, head.ResourceVersion ?? "", head.Continue, head.Remaining);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new KubeObjectFormatException($"not a Kubernetes list: {e.Message}", e);
        }
    }

    private static KubeObject ReadItem(ReadOnlyMemory<byte> bytes, GroupVersionKind? fallback)
    {
        if (BeginsWithType(bytes.Span))
        {
            return KubeObject.Parse(bytes.ToArray(), fallback);
        }

        var item = KubeObject.Parse(bytes, fallback);
        return SharesMemory(item.Utf8Json, bytes) ? KubeObject.Parse(bytes.ToArray()) : item;
    }

    private static bool BeginsWithType(ReadOnlySpan<byte> item)
    {
        var first = item[1..].TrimStart(" \t\r\n"u8);
        return first.StartsWith("\"apiVersion\""u8) || first.StartsWith("\"kind\""u8);
    }

    private static bool SharesMemory(ReadOnlyMemory<byte> a, ReadOnlyMemory<byte> b) =>
        MemoryMarshal.TryGetArray(a, out var x) && MemoryMarshal.TryGetArray(b, out var y) && x.Array == y.Array;

    private static Head ReadHead(ReadOnlySpan<byte> page)
    {
        var reader = new Utf8JsonReader(page, ReaderOptions);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("expected an object");
        }

        var head = new Head();
        var offset = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            if (reader.ValueTextEquals("items"u8))
            {
                reader.Read();
                if (reader.TokenType == JsonTokenType.StartArray)
                {
                    var array = offset + (int)reader.BytesConsumed;
                    offset = array + SliceItems(page[array..], array, head.Items);
                    reader = new Utf8JsonReader(page[offset..], isFinalBlock: true, reader.CurrentState);
                    reader.Read();
                }
            }
            else
            {
                head.ReadMember(ref reader);
            }
        }

        return head;
    }

    private static int SliceItems(ReadOnlySpan<byte> rest, int offset, List<Range> items)
    {
        var at = 0;
        while (true)
        {
            at = SkipFiller(rest, at);
            if (at >= rest.Length)
            {
                throw new JsonException("the list ends within its items");
            }

            if (rest[at] == (byte)']')
            {
                return at;
            }

            var framer = default(JsonFramer);
            if (rest[at] != (byte)'{' || !framer.Scan(rest[at..], out var length))
            {
                throw new JsonException($"items[{items.Count}] is not an object");
            }

            items.Add((offset + at)..(offset + at + length));
            at += length;
        }
    }

    private static int SkipFiller(ReadOnlySpan<byte> rest, int at)
    {
        while (at < rest.Length && rest[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t' or (byte)',')
        {
            at++;
        }

        return at;
    }

    private sealed class Head
    {
        private string? _apiVersion;
        private string? _kind;

        public List<Range> Items { get; } = [];

        public string? ResourceVersion { get; private set; }

        public string? Continue { get; private set; }

        public long? Remaining { get; private set; }

        public GroupVersionKind? ItemKind =>
            _kind is not null && _kind.EndsWith("List", StringComparison.Ordinal) && GroupVersion.TryParse(_apiVersion, out var version)
                ? version.WithKind(_kind[..^4])
                : null;

        public void ReadMember(ref Utf8JsonReader reader)
        {
            if (reader.ValueTextEquals("apiVersion"u8))
            {
                _apiVersion = ReadText(ref reader);
            }
            else if (reader.ValueTextEquals("kind"u8))
            {
                _kind = ReadText(ref reader);
            }
            else if (reader.ValueTextEquals("metadata"u8))
            {
                ReadMetadata(ref reader);
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        private void ReadMetadata(ref Utf8JsonReader reader)
        {
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                throw new JsonException("metadata must be an object");
            }

            while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
            {
                if (reader.ValueTextEquals("resourceVersion"u8))
                {
                    ResourceVersion = ReadText(ref reader);
                }
                else if (reader.ValueTextEquals("continue"u8))
                {
                    Continue = ReadText(ref reader) is { Length: > 0 } token ? token : null;
                }
                else if (reader.ValueTextEquals("remainingItemCount"u8))
                {
                    reader.Read();
                    Remaining = reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var count) ? count : null;
                }
                else
                {
                    reader.Read();
                    reader.Skip();
                }
            }
        }

        private static string? ReadText(ref Utf8JsonReader reader)
        {
            reader.Read();
            return reader.TokenType == JsonTokenType.Null ? null : reader.GetString();
        }
    }
}
