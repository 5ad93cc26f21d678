namespace KubeFed.KubeClient.Configuration;

/// <summary>Who to act as. The server lets those do so who hold the verb <c>impersonate</c>.</summary>
public sealed record Impersonation
{
    /// <summary>The user's name.</summary>
    public required string UserName { get; init; }

    /// <summary>The user's UID, or null.</summary>
    public string? Uid { get; init; }

    /// <summary>The user's groups.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>Further attributes; a key can have several values.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Extra { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
}
