using System.Buffers.Text;
using System.Globalization;
using System.Text;
using KubeFed.ApiMachinery.Objects;

namespace KubeFed.ApiServerRuntime.Caching;

/// <summary>Objects with another revision in them.</summary>
internal static class RevisionText
{
    /// <summary>A copy of an object whose resource version is the revision. The rest of its bytes stay as they are.</summary>
    public static KubeObject Write(KubeObject from, long revision)
    {
        var json = from.Utf8Json;
        if (!from.TryGetRaw(out var old, "metadata", "resourceVersion") || !json.Span.Overlaps(old.Span, out var offset))
        {
            return from.Change().With(revision.ToString(CultureInfo.InvariantCulture), "metadata", "resourceVersion").Build();
        }

        var start = offset;
        Span<byte> number = stackalloc byte[20];
        Utf8Formatter.TryFormat(revision, number, out var digits);
        var changed = new byte[json.Length - old.Length + digits + 2];
        json.Span[..start].CopyTo(changed);
        changed[start] = (byte)'"';
        number[..digits].CopyTo(changed.AsSpan(start + 1));
        changed[start + 1 + digits] = (byte)'"';
        json.Span[(start + old.Length)..].CopyTo(changed.AsSpan(start + digits + 2));
        return KubeObject.Parse(changed);
    }

    /// <summary>The object of a bookmark.</summary>
    public static KubeObject Bookmark(string apiVersion, string kind, long revision, bool initialEventsEnd)
    {
        var annotations = initialEventsEnd ? ",\"annotations\":{\"k8s.io/initial-events-end\":\"true\"}" : string.Empty;
        return KubeObject.Parse(Encoding.UTF8.GetBytes(
            $$$"""{"kind":"{{{kind}}}","apiVersion":"{{{apiVersion}}}","metadata":{"resourceVersion":"{{{revision}}}"{{{annotations}}}}}"""));
    }
}
