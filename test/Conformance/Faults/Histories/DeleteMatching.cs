namespace KubeFed.Conformance.Faults.Histories;

/// <summary>
/// Removals carry no token, so they are matched: every acknowledged delete removed the object at a time between question and answer, once,
/// and nothing was removed that nobody asked to.
/// </summary>
internal sealed class DeleteMatching(Func<string, Timeline> timelineOf, RevisionBounds bounds)
{
    public IEnumerable<string> Check(History history)
    {
        ILookup<string, Operation> deletes = history.Operations
            .Where(operation => operation.Kind == OperationKind.Delete && operation.Outcome != Outcome.Failed)
            .ToLookup(operation => operation.Key, StringComparer.Ordinal);
        IEnumerable<string> keys = history.Changes.Select(change => change.Key).Concat(deletes.Select(group => group.Key)).Distinct(StringComparer.Ordinal);
        return keys.SelectMany(key => Match(timelineOf(key), [.. deletes[key].Select(delete => WindowOf(delete, timelineOf(key)))]));
    }

    // A matching that has all removals and one that has all acknowledged deletes make one that has both (Mendelsohn and Dulmage), so that
    // each is looked for alone.
    private static IEnumerable<string> Match(Timeline timeline, Window[] windows)
    {
        Change[] removals = [.. timeline.Changes.Where(change => change.Token is null)];
        Window[] acknowledged = [.. windows.Where(window => window.Delete.Outcome == Outcome.Ok)];
        return Assign(removals, windows).Removals.Select(removal => $"{removal} was asked for by nobody")
            .Concat(Assign(removals, acknowledged).Windows.Select(window => $"acknowledged, but not done: {window.Delete}"));
    }

    /// <summary>Gives each removal to the window that closes first, and tells what is left of both.</summary>
    private static (List<Change> Removals, List<Window> Windows) Assign(Change[] removals, Window[] windows)
    {
        var open = windows.ToList();
        var left = new List<Change>();
        foreach (Change removal in removals)
        {
            Window? taken = open.Where(window => window.After < removal.Revision && removal.Revision <= window.Until).MinBy(window => window.Until);
            if (taken is null)
            {
                left.Add(removal);
            }
            else
            {
                open.Remove(taken);
            }
        }

        return (left, open);
    }

    private Window WindowOf(Operation delete, Timeline timeline)
    {
        long after = bounds.SeenBefore(delete.Invoked);
        long until = delete.Outcome == Outcome.Ok ? bounds.NotReachedAt(delete.Returned) - 1 : long.MaxValue;
        return delete.Expected is not { } expected ? new Window(delete, after, until)
            : timeline.After(expected) is { Token: null } next && next.Revision > after && next.Revision <= until ? new Window(delete, next.Revision - 1, next.Revision)
            : new Window(delete, 0, -1);
    }

    private sealed record Window(Operation Delete, long After, long Until);
}
