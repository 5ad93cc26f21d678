namespace KubeFed.Conformance.Faults.Histories;

/// <summary>Every watcher sees every change from its list on once, in revision order, and no other event.</summary>
internal static class WatchRules
{
    public static IEnumerable<string> Check(History history) => history.Segments.SelectMany(segment => Check(segment, history)).Concat(CheckSuccession(history));

    private static IEnumerable<string> CheckSuccession(History history) =>
        from watcher in history.Segments.GroupBy(segment => segment.Watcher, StringComparer.Ordinal)
        from pair in watcher.Zip(watcher.Skip(1))
        where pair.Second.Start < pair.First.Through
        select $"{watcher.Key} had seen {pair.First.Through} and was given a list of {pair.Second.Start}";

    private static IEnumerable<string> Check(WatchSegment segment, History history)
    {
        long position = segment.Start;
        foreach (WatchEntry entry in segment.Entries)
        {
            if (entry.IsBookmark ? entry.Revision < position : entry.Revision <= position)
            {
                yield return $"{segment.Watcher} had seen {position} and got {entry}";
            }

            position = Math.Max(position, entry.Revision);
        }

        WatchEntry[] seen = [.. segment.Entries.Where(entry => !entry.IsBookmark)];
        var expected = Expected(segment, history, position).ToDictionary(entry => entry.Revision);
        foreach (WatchEntry entry in seen)
        {
            if (!expected.Remove(entry.Revision, out WatchEntry? change))
            {
                yield return $"{segment.Watcher} got what did not happen, or not then, or twice: {entry}";
            }
            else if (change != entry with { At = 0 })
            {
                yield return $"{segment.Watcher} got {entry}, not {change}";
            }
        }

        foreach (WatchEntry missed in expected.Values)
        {
            yield return $"{segment.Watcher}, from {segment.Start} to {position}, did not get {missed}";
        }
    }

    private static IEnumerable<WatchEntry> Expected(WatchSegment segment, History history, long through)
    {
        var state = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Change change in history.Changes)
        {
            bool existed = state.Remove(change.Key, out string? before);
            if (change.Token is not null)
            {
                state[change.Key] = change.Token;
            }

            if (change.Revision > segment.Start && change.Revision <= through)
            {
                string type = change.Token is null ? "DELETED" : existed ? "MODIFIED" : "ADDED";
                yield return new WatchEntry(0, type, change.Key, change.Revision, change.Token ?? before);
            }
        }
    }
}
