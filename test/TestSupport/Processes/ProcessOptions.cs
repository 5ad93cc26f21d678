namespace KubeFed.TestSupport.Processes;

/// <summary>How <see cref="ProcessRunner"/> runs a program.</summary>
public sealed record ProcessOptions
{
    /// <summary>The folder it starts in; default the current one.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Variables added to the inherited environment; a null value removes one.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>What it reads from standard input, which is closed after it; default nothing.</summary>
    public string? Input { get; init; }

    /// <summary>How long it may run; default <see cref="ProcessRunner.DefaultTimeout"/>.</summary>
    public TimeSpan? Timeout { get; init; }
}
