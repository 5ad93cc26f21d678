namespace KubeFed.Scale.Servers;

/// <summary>How much is measured.</summary>
internal sealed record ServersPlan
{
    /// <summary>How often each row is measured on each server; the table shows medians.</summary>
    public int Rounds { get; init; } = 5;

    /// <summary>How long one measurement of requests takes.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Objects loaded before memory is read; half of them are those listed.</summary>
    public int Objects { get; init; } = 20_000;

    /// <summary>Watches of one namespace.</summary>
    public int Watchers { get; init; } = 500;

    /// <summary>Patches a second while they watch.</summary>
    public int ChangesPerSecond { get; init; } = 200;

    /// <summary>How often the watchers are measured.</summary>
    public int WatchRounds { get; init; } = 3;

    /// <summary>How long objects change for the watchers.</summary>
    public TimeSpan WatchDuration { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the servers rest before their memory is read again.</summary>
    public TimeSpan Rest { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Two rounds of a second each with fewer objects: within two minutes on a machine with nothing else to do.</summary>
    public static ServersPlan Quick { get; } = new()
    {
        Rounds = 2,
        Duration = TimeSpan.FromSeconds(1),
        Objects = 4_000,
        WatchRounds = 1,
        WatchDuration = TimeSpan.FromSeconds(4),
        Rest = TimeSpan.FromSeconds(3),
    };
}
