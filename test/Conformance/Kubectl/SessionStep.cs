namespace KubeFed.Conformance.Kubectl;

/// <summary>One line of a session.</summary>
internal sealed record SessionStep
{
    /// <summary>Where it is written, and the line itself.</summary>
    public required string Source { get; init; }

    /// <summary>What is done.</summary>
    public required SessionAction Action { get; init; }

    /// <summary>kubectl's arguments, with variables unreplaced.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Variables added to kubectl's environment.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>The manifest that it reads from standard input; null for none.</summary>
    public string? Manifest { get; init; }

    /// <summary>Only output lines that contain this are kept; null for all.</summary>
    public string? Filter { get; init; }

    /// <summary>How many lines a command in the background is waited for to have printed.</summary>
    public int Lines { get; init; }

    /// <summary>Whether only the exit code is compared, since versions of Kubernetes word it differently.</summary>
    public bool IsLoose { get; init; }

    /// <summary>Whether it is played in a later second than the step before it.</summary>
    public bool IsLater { get; init; }

    /// <summary>Which kubectls play it.</summary>
    public VersionRange Versions { get; init; } = VersionRange.All;
}
