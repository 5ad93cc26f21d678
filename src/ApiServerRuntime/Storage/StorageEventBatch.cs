namespace KubeFed.ApiServerRuntime.Storage;

/// <summary>What a watch has to say at once.</summary>
/// <param name="Events">The writes, in revision order. Empty for a batch that only reports progress.</param>
/// <param name="Revision">Every event up to this revision has been reported, with this batch or before it.</param>
public sealed record StorageEventBatch(IReadOnlyList<StorageEvent> Events, long Revision);
