namespace KubeFed.Scale.Servers;

/// <summary>What to measure of API servers.</summary>
internal sealed record ServersOptions
{
    /// <summary>How much.</summary>
    public required ServersPlan Plan { get; init; }

    /// <summary>Our API server's program; null: the one that <c>scale.sh</c> has published.</summary>
    public string? Program { get; init; }

    /// <summary>Only rows whose name contains this; empty for all.</summary>
    public string Rows { get; init; } = "";

    /// <summary>Whether to measure our API server only.</summary>
    public bool Alone { get; init; }

    /// <summary>The command line, for the report.</summary>
    public required string CommandLine { get; init; }
}
