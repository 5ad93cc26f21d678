namespace KubeFed.Scale.Federation;

/// <summary>The times of a phase, in seconds from its first request.</summary>
/// <param name="Members">Until the last member had followed.</param>
/// <param name="Status">Until the last federated object said so.</param>
/// <param name="Requests">Until the last answer to this tool's own requests.</param>
internal sealed record PhaseTimes(double Members, double Status, double Requests);
