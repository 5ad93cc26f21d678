namespace KubeFed.TestSupport.Docs;

/// <summary>The commands of a document, with the output that it shows for them.</summary>
public static class FencedBlocks
{
    /// <summary>Each block marked <c>sh</c>, with the block marked <c>text</c> that follows it, or empty.</summary>
    public static IReadOnlyList<(string Commands, string Output)> Read(string markdown)
    {
        var steps = new List<(string Commands, string Output)>();
        foreach (var (kind, text) in Blocks(markdown))
        {
            if (kind == "sh")
            {
                steps.Add((text, ""));
            }
            else if (kind == "text" && steps.Count > 0)
            {
                steps[^1] = (steps[^1].Commands, text);
            }
        }

        return steps;
    }

    private static IEnumerable<(string Kind, string Text)> Blocks(string markdown)
    {
        const string Fence = "```";
        string? kind = null;
        var lines = new List<string>();
        foreach (var line in markdown.ReplaceLineEndings("\n").Split('\n'))
        {
            if (!line.StartsWith(Fence, StringComparison.Ordinal))
            {
                lines.Add(line);
                continue;
            }

            if (kind is not null)
            {
                yield return (kind, string.Join('\n', lines));
            }

            kind = kind is null ? line[Fence.Length..] : null;
            lines.Clear();
        }
    }
}
