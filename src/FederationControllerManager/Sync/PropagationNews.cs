namespace KubeFed.FederationControllerManager.Sync;

/// <summary>Something that happened in one cluster and is worth an event.</summary>
/// <param name="Reason">The event's reason.</param>
/// <param name="Cluster">Where.</param>
/// <param name="Message">Why it failed; empty for a success.</param>
internal readonly record struct PropagationNews(string Reason, string Cluster, string Message);
