using System.Buffers.Text;
using System.Text.Json;
using KubeFed.ApiMachinery.Errors;

namespace KubeFed.ApiServerRuntime.Registry;

/// <summary>Where a list goes on: the form that kube-apiserver uses, which clients treat as opaque.</summary>
/// <param name="Revision">The revision of the whole list; -1 for the newest, which makes an inconsistent list.</param>
/// <param name="Start">The first storage key that may follow, after the prefix of the list.</param>
internal readonly record struct ContinueToken(long Revision, string Start)
{
    private const string Format = "meta.k8s.io/v1";

    /// <summary>Reads a token.</summary>
    /// <exception cref="StatusException">400: it is none.</exception>
    public static ContinueToken Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(Base64Url.DecodeFromChars(text));
            var root = document.RootElement;
            string? version = root.GetProperty("v"u8).GetString();
            if (version != Format)
            {
                throw Invalid($"server does not recognize this encoded version \"{version}\"");
            }

            long revision = root.GetProperty("rv"u8).GetInt64();
            if (revision is 0 or < -1)
            {
                throw Invalid($"incorrect encoded start resourceVersion (version {Format})");
            }

            return new ContinueToken(revision, Clean(root.GetProperty("start"u8).GetString()));
        }
        catch (Exception e) when (e is FormatException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw Invalid("it cannot be decoded");
        }
    }

    /// <summary>The token's text.</summary>
    public override string ToString()
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("v"u8, Format);
            writer.WriteNumber("rv"u8, Revision);
            writer.WriteString("start"u8, Start);
            writer.WriteEndObject();
        }

        return Base64Url.EncodeToString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    private static string Clean(string? start)
    {
        if (string.IsNullOrEmpty(start))
        {
            throw Invalid($"continue key is not valid: incorrect encoded start (version {Format})");
        }

        foreach (string part in start.TrimEnd('\0').Split('/'))
        {
            if (part is "" or "." or ".." || !part.All(static c => c is > ' ' and < (char)0x7f))
            {
                throw Invalid("continue key is not valid: it leads out of the list");
            }
        }

        return start;
    }

    private static StatusException Invalid(string why) => StatusErrors.BadRequest($"invalid continue token: {why}");
}
