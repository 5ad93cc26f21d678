namespace KubeFed.Conformance.Faults.Histories;

/// <summary>One write as the storage kept it.</summary>
/// <param name="Revision">Its revision.</param>
/// <param name="Key">The object's name.</param>
/// <param name="Token">What was written; null when the object was removed.</param>
internal sealed record Change(long Revision, string Key, string? Token);
