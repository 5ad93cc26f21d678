namespace KubeFed.Hyperfed.Playground.Processes;

/// <summary>Sessions of processes: who has one of its own is not meant when Ctrl-C is typed.</summary>
internal static class Session
{
    private const string Program = "/usr/bin/setsid";

    /// <summary>What to put before a command so that it has a session of its own; nothing where the system has no such program.</summary>
    public static IReadOnlyList<string> Prefix { get; } = File.Exists(Program) ? [Program] : [];
}
