namespace KubeFed.ApiMachinery.Yaml;

/// <summary>A stretch of the input between document markers.</summary>
/// <param name="Text">The stretch, with its own marker line.</param>
/// <param name="FirstLine">How many lines of the input precede it.</param>
internal readonly record struct YamlChunk(string Text, int FirstLine)
{
    /// <summary>Cuts at lines that start with <c>---</c>, where YAML lets nothing but a new document begin.</summary>
    public static IEnumerable<YamlChunk> Split(string text)
    {
        int start = 0, startLine = 0, line = 0;
        bool content = false;
        for (int at = 0; at < text.Length; line++)
        {
            int end = text.IndexOf('\n', at);
            end = end < 0 ? text.Length : end + 1;
            bool marker = IsMarker(text.AsSpan(at, end - at));
            if (marker && content)
            {
                yield return new YamlChunk(text[start..at], startLine);
                (start, startLine) = (at, line);
            }

            content = marker || content || !IsPreamble(text.AsSpan(at, end - at));
            at = end;
        }

        yield return new YamlChunk(text[start..], startLine);
    }

    /// <summary>The chunk without a first line that is nothing but <c>---</c>.</summary>
    public YamlChunk WithoutBareMarker()
    {
        int end = Text.IndexOf('\n', StringComparison.Ordinal);
        return end >= 0 && Text.AsSpan(0, end).TrimEnd().SequenceEqual("---") ? new YamlChunk(Text[(end + 1)..], FirstLine + 1) : this;
    }

    private static bool IsMarker(ReadOnlySpan<char> line) =>
        line.StartsWith("---") && (line.Length == 3 || line[3] is ' ' or '\t' or '\r' or '\n');

    private static bool IsPreamble(ReadOnlySpan<char> line)
    {
        ReadOnlySpan<char> text = line.TrimStart();
        return text.IsEmpty || text[0] == '#' || line[0] == '%';
    }
}
