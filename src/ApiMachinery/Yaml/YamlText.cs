using System.Text;

namespace KubeFed.ApiMachinery.Yaml;

/// <summary>From bytes to the characters that YAML allows.</summary>
internal static class YamlText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string Decode(ReadOnlySpan<byte> utf8, YamlLimits limits)
    {
        CheckSize(utf8.Length, limits);
        try
        {
            return Strict.GetString(utf8);
        }
        catch (DecoderFallbackException e)
        {
            ReadOnlySpan<byte> before = utf8[..Math.Clamp(e.Index, 0, utf8.Length)];
            throw new YamlFormatException(
                string.Empty, "the text is not UTF-8", before.Count((byte)'\n') + 1, before.Length - before.LastIndexOf((byte)'\n'), e);
        }
    }

    /// <summary>Removes a byte order mark and refuses control characters, as the Kubernetes tools do.</summary>
    public static string Clean(string text, YamlLimits limits)
    {
        CheckSize(Encoding.UTF8.GetByteCount(text), limits);
        string clean = text.StartsWith('\uFEFF') ? text[1..] : text;
        for (int at = 0; at < clean.Length; at++)
        {
            if (Refusal(clean, at) is { } reason)
            {
                ReadOnlySpan<char> before = clean.AsSpan(0, at);
                throw new YamlFormatException(string.Empty, reason, before.Count('\n') + 1, at - before.LastIndexOf('\n'));
            }

            at += char.IsHighSurrogate(clean[at]) ? 1 : 0;
        }

        return clean;
    }

    private static string? Refusal(string text, int at) => text[at] switch
    {
        >= ' ' and <= '~' or '\n' or '\r' or '\t' or '\u0085' => null,
        < '\u00A0' => $"control characters are not allowed (U+{(int)text[at]:X4})",
        >= '\uD800' and <= '\uDBFF' => at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]) ? null : "half a surrogate pair",
        >= '\uDC00' and <= '\uDFFF' => "half a surrogate pair",
        '\uFFFE' or '\uFFFF' => $"control characters are not allowed (U+{(int)text[at]:X4})",
        _ => null,
    };

    private static void CheckSize(int bytes, YamlLimits limits)
    {
        if (bytes > limits.MaxBytes)
        {
            throw new YamlFormatException(string.Empty, $"the input has {bytes} bytes: limit is {limits.MaxBytes}", 1, 1);
        }
    }
}
