namespace KubeFed.Conformance.Faults.Histories;

/// <summary>
/// Removals carry no token, so they are matched: every acknowledged delete removed the object at a time between question and answer, once,
/// and nothing was removed that nobody asked to. Each removal is given to the delete that can wait least for another.
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

    private static List<string> Match(Timeline timeline, List<Window> open)
    {
        var violations = new List<string>();
        foreach (Change removal in timeline.Changes.Where(change => change.Token is null))
        {
            Window? taken = open.Where(window => window.After < removal.Revision && removal.Revision <= window.Until)
                .OrderBy(window => window.Until).ThenBy(window => window.Delete.Outcome).FirstOrDefault();
            if (taken is null)
            {
                violations.Add($"{removal} was asked for by nobody");
            }
            else
            {
                open.Remove(taken);
            }
        }

        violations.AddRange(open.Where(window => window.Delete.Outcome == Outcome.Ok).Select(window => $"acknowledged, but not done: {window.Delete}"));
        return violations;
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
