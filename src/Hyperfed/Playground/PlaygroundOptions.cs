namespace KubeFed.Hyperfed.Playground;

/// <summary>What the flags of <c>hyperfed playground</c> say.</summary>
internal sealed record PlaygroundOptions
{
    public const int MostMembers = 10;

    /// <summary>How many members join the host: 1 to <see cref="MostMembers"/>.</summary>
    public required int Members { get; init; }

    /// <summary>The folder of the kubeconfig and the log.</summary>
    public required string Folder { get; init; }

    /// <summary>Whether to end as soon as everything is in order, with plain lines and an exit code.</summary>
    public required bool Exit { get; init; }
}
