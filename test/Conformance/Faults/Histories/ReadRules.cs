namespace KubeFed.Conformance.Faults.Histories;

/// <summary>Every read, and every refusal, tells of a state that the store was in at some time between question and answer.</summary>
internal sealed class ReadRules(Func<string, Timeline> timelineOf, RevisionBounds bounds)
{
    public IEnumerable<string> Check(History history) =>
        history.Operations.Select(operation => Explain(operation, history)).OfType<string>();

    private string? Explain(Operation operation, History history)
    {
        long from = operation.Linearizable ? Math.Max(history.Start, bounds.SeenBefore(operation.Invoked)) : history.Start;
        long to = bounds.NotReachedAt(operation.Returned) - 1;
        return operation switch
        {
            { Kind: OperationKind.List, Outcome: Outcome.Ok } => ExplainList(operation, history, from, to),
            { Kind: OperationKind.Get, Outcome: Outcome.Ok } => Holds(operation, from, to, state => state?.Revision == operation.Revision && state.Token == operation.Seen),
            { Outcome: Outcome.Failed, Code: 404 } => Holds(operation, from, to, state => state?.Token is null),
            { Kind: OperationKind.Create, Outcome: Outcome.Failed, Code: 409 } => Holds(operation, from, to, state => state?.Token is not null),
            { Outcome: Outcome.Failed, Code: 409, Expected: { } expected } => Holds(operation, from, to, state => state?.Revision != expected),
            _ => null,
        };
    }

    private string? Holds(Operation operation, long from, long to, Func<Change?, bool> state)
    {
        Timeline timeline = timelineOf(operation.Key);
        return timeline.Any(from, to, state) ? null : $"not so at any revision from {from} to {to}, where the object was {timeline.At(from)}: {operation}";
    }

    private string? ExplainList(Operation list, History history, long from, long to)
    {
        if (list.Revision < from || list.Revision > to)
        {
            return $"a list of revision {list.Revision}, not from {from} to {to}: {list}";
        }

        foreach (string key in history.Changes.Select(change => change.Key).Concat(list.Listed!.Keys).Distinct(StringComparer.Ordinal))
        {
            Change? state = timelineOf(key).At(list.Revision);
            (long Revision, string Token)? expected = state?.Token is null ? null : (state.Revision, state.Token);
            (long Revision, string Token)? listed = list.Listed!.TryGetValue(key, out var found) ? found : null;
            if (expected != listed)
            {
                return $"listed {key} as {listed}, which was {expected}: {list}";
            }
        }

        return null;
    }
}
