namespace KubeFed.ControllerRuntime.LeaderElection;

/// <summary>A lease as it was stored at one version.</summary>
/// <param name="Record">What it says.</param>
/// <param name="Version">The opaque version; another after every write.</param>
public sealed record LeaseSnapshot(LeaseRecord Record, string Version);
