namespace KubeFed.Conformance.Faults.Histories;

/// <summary>What a client knows of its operation.</summary>
internal enum Outcome
{
    /// <summary>The answer said that it was done.</summary>
    Ok,

    /// <summary>The answer said that it was not done, and never will be.</summary>
    Failed,

    /// <summary>There was no answer, or one that leaves open whether it was done.</summary>
    Unknown,
}
