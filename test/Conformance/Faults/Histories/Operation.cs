namespace KubeFed.Conformance.Faults.Histories;

/// <summary>One operation of a client, from when it was begun to when its answer was read.</summary>
internal sealed record Operation
{
    public required OperationKind Kind { get; init; }

    /// <summary>The object's name; empty for a list.</summary>
    public string Key { get; init; } = string.Empty;

    /// <summary>When it was begun, on the clock of the history.</summary>
    public required long Invoked { get; init; }

    /// <summary>When it ended, with or without an answer.</summary>
    public required long Returned { get; init; }

    public required Outcome Outcome { get; init; }

    /// <summary>The code of the answer; 0 without one.</summary>
    public int Code { get; init; }

    /// <summary>What it writes, unlike what any other writes; null for reads and deletes.</summary>
    public string? Token { get; init; }

    /// <summary>The only revision of the object that it may change; null for any.</summary>
    public long? Expected { get; init; }

    /// <summary>The revision in the answer: that of the object written or read, or of the list; 0 for none.</summary>
    public long Revision { get; init; }

    /// <summary>The token of the object that was read.</summary>
    public string? Seen { get; init; }

    /// <summary>What a list showed: name to revision and token.</summary>
    public IReadOnlyDictionary<string, (long Revision, string Token)>? Listed { get; init; }

    /// <summary>Whether a read must see every write acknowledged before it was begun.</summary>
    public bool Linearizable { get; init; } = true;

    public bool IsWrite => Kind is OperationKind.Create or OperationKind.Update or OperationKind.Patch;

    public override string ToString() =>
        $"{Kind} {Key} [{Invoked}..{Returned}] {Outcome} {Code} token={Token} expected={Expected} revision={Revision} seen={Seen}";
}
