namespace KubeFed.Hyperfed.Playground.Clusters;

/// <summary>What a program left that was run to its end.</summary>
internal sealed record ToolResult(int Code, string Output, string Errors)
{
    /// <summary>Why it failed, as far as its last line tells.</summary>
    public string Complaint => Errors.Trim() is { Length: > 0 } errors ? errors[(errors.LastIndexOf('\n') + 1)..].TrimEnd('.') : $"exit code {Code}";
}
