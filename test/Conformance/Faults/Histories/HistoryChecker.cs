namespace KubeFed.Conformance.Faults.Histories;

/// <summary>
/// Verifies a history against the sequential model of a Kubernetes store: a map of objects that changes at one revision after the other.
/// The order is given by the revisions; what remains to be shown is that no answer and no event contradicts it, nor the clock.
/// </summary>
internal sealed class HistoryChecker
{
    private readonly History _history;
    private readonly List<string> _violations = [];
    private readonly Dictionary<string, Timeline> _timelines;
    private readonly Dictionary<string, Change> _byToken = new(StringComparer.Ordinal);

    private HistoryChecker(History history)
    {
        _history = history;
        _timelines = history.Changes.GroupBy(change => change.Key, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => new Timeline(group), StringComparer.Ordinal);
    }

    /// <summary>What is wrong with a history; empty when nothing is.</summary>
    public static IReadOnlyList<string> Check(History history)
    {
        var checker = new HistoryChecker(history);
        checker.CheckChanges();
        checker.CheckWrites();
        RevisionBounds bounds = checker.Bounds();
        checker.CheckOrder(bounds);
        checker._violations.AddRange(new DeleteMatching(checker.TimelineOf, bounds).Check(history));
        checker._violations.AddRange(new ReadRules(checker.TimelineOf, bounds).Check(history));
        checker._violations.AddRange(WatchRules.Check(history));
        return checker._violations;
    }

    private Timeline TimelineOf(string key) => _timelines.GetValueOrDefault(key, Timeline.Empty);

    private void CheckChanges()
    {
        long last = _history.Start;
        foreach (Change change in _history.Changes)
        {
            Require(change.Revision > last, $"revision {change.Revision} follows {last}");
            last = change.Revision;
            if (change.Token is null)
            {
                Require(TimelineOf(change.Key).At(change.Revision - 1)?.Token is not null, $"{change} removed what was not there");
            }
            else
            {
                Require(_byToken.TryAdd(change.Token, change), $"{change.Token} was written twice: at {_byToken[change.Token].Revision} and at {change.Revision}");
            }
        }
    }

    private void CheckWrites()
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (Operation write in _history.Operations.Where(operation => operation.IsWrite))
        {
            known.Add(write.Token!);
            Change? change = _byToken.GetValueOrDefault(write.Token!);
            if (change is null)
            {
                Require(write.Outcome != Outcome.Ok, $"acknowledged, but not stored: {write}");
                continue;
            }

            Require(write.Outcome != Outcome.Failed, $"refused, but stored at {change.Revision}: {write}");
            Require(change.Key == write.Key, $"stored as {change.Key}: {write}");
            Require(write.Outcome != Outcome.Ok || write.Revision == change.Revision, $"stored at {change.Revision}, another revision than told: {write}");
            CheckBase(write, change);
        }

        foreach (Change change in _history.Changes.Where(change => change.Token is not null && !known.Contains(change.Token)))
        {
            _violations.Add($"{change} was written by nobody");
        }
    }

    private void CheckBase(Operation write, Change change)
    {
        Change? before = TimelineOf(change.Key).At(change.Revision - 1);
        bool existed = before?.Token is not null;
        Require(existed == (write.Kind != OperationKind.Create), $"the object {(existed ? "was" : "was not")} there before {change.Revision}: {write}");
        Require(write.Expected is null || before?.Revision == write.Expected, $"changed revision {before?.Revision}: {write}");
    }

    private RevisionBounds Bounds()
    {
        Operation[] operations = [.. _history.Operations];
        IEnumerable<(long, long)> answers = operations.Where(operation => operation is { Outcome: Outcome.Ok, Revision: > 0 }).Select(operation => (operation.Returned, operation.Revision));
        IEnumerable<(long, long)> events = _history.Segments.SelectMany(segment => segment.Entries).Select(entry => (entry.At, entry.Revision));
        IEnumerable<(long, long)> begun = operations.Where(operation => operation.IsWrite && _byToken.ContainsKey(operation.Token!))
            .Select(operation => (operation.Invoked, _byToken[operation.Token!].Revision));
        return new RevisionBounds(answers.Concat(events), begun);
    }

    private void CheckOrder(RevisionBounds bounds)
    {
        foreach (Operation write in _history.Operations.Where(operation => operation.IsWrite))
        {
            if (_byToken.TryGetValue(write.Token!, out Change? change))
            {
                long seen = bounds.SeenBefore(write.Invoked);
                Require(change.Revision > seen, $"took revision {change.Revision}, when {seen} had been seen: {write}");
            }
        }
    }

    private void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            _violations.Add(otherwise);
        }
    }
}
