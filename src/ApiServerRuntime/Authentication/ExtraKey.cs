namespace KubeFed.ApiServerRuntime.Authentication;

/// <summary>Keys of a user's extra fields as header names carry them: lower case, with %-escapes for what a header name cannot hold.</summary>
internal static class ExtraKey
{
    /// <summary>The key; a text with a broken escape stays as it is, in lower case.</summary>
    public static string Decode(string encoded)
    {
        var lower = encoded.ToLowerInvariant();
        return HasBrokenEscape(lower) ? lower : Uri.UnescapeDataString(lower);
    }

    private static bool HasBrokenEscape(ReadOnlySpan<char> text)
    {
        for (var percent = text.IndexOf('%'); percent >= 0; percent = text.IndexOf('%'))
        {
            if (text.Length < percent + 3 || !char.IsAsciiHexDigit(text[percent + 1]) || !char.IsAsciiHexDigit(text[percent + 2]))
            {
                return true;
            }

            text = text[(percent + 3)..];
        }

        return false;
    }
}
