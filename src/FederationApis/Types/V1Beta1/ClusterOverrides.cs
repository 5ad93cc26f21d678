namespace KubeFed.FederationApis.Types.V1Beta1;

/// <summary>One entry of <c>spec.overrides</c>.</summary>
/// <param name="ClusterName">The cluster that it is for.</param>
/// <param name="Operations">The operations in the author's order; those before the fault when <paramref name="Error"/> is set.</param>
/// <param name="Error">What is malformed, with its field path; null when nothing is.</param>
public sealed record ClusterOverrides(string ClusterName, IReadOnlyList<OverrideOperation> Operations, string? Error = null);
