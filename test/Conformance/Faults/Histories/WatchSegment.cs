namespace KubeFed.Conformance.Faults.Histories;

/// <summary>What one watcher saw from a list to the next: over however many connections, each resumed where the last one ended.</summary>
/// <param name="Watcher">Whose it is.</param>
/// <param name="Start">The revision of the list.</param>
internal sealed record WatchSegment(string Watcher, long Start)
{
    /// <summary>The events, in the order of their arrival.</summary>
    public List<WatchEntry> Entries { get; } = [];

    /// <summary>The last revision that was seen.</summary>
    public long Through => Entries.Count == 0 ? Start : Entries[^1].Revision;
}
