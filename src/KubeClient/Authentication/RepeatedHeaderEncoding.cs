using System.Text;

namespace KubeFed.KubeClient.Authentication;

/// <summary>
/// Writes a header of several values as several lines of HTTP/1.1. HttpClient knows only one line with commas, which the API
/// server would take for one value. Values are UTF-8, and <see cref="Separator"/> between them becomes a new line.
/// </summary>
internal sealed class RepeatedHeaderEncoding(string header) : Encoding
{
    /// <summary>A character of the private use area, refused within values.</summary>
    public const char Separator = '\uE000';

    public override int GetByteCount(char[] chars, int index, int count) => UTF8.GetByteCount(Lines(chars, index, count));

    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) =>
        UTF8.GetBytes(Lines(chars, charIndex, charCount), bytes.AsSpan(byteIndex));

    public override int GetMaxByteCount(int charCount) => (charCount + 1) * (header.Length + 4) * 3;

    public override int GetCharCount(byte[] bytes, int index, int count) => UTF8.GetCharCount(bytes, index, count);

    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex) =>
        UTF8.GetChars(bytes, byteIndex, byteCount, chars, charIndex);

    public override int GetMaxCharCount(int byteCount) => UTF8.GetMaxCharCount(byteCount);

    private string Lines(char[] chars, int index, int count) =>
        new string(chars, index, count).Replace($"{Separator}", $"\r\n{header}: ", StringComparison.Ordinal);
}
