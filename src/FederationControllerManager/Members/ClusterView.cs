using KubeFed.ApiMachinery.Objects;

namespace KubeFed.FederationControllerManager.Members;

/// <summary>A registered cluster as the controllers see it at one moment.</summary>
/// <param name="Name">The name of its KubeFedCluster.</param>
/// <param name="Labels">The labels that selectors match.</param>
/// <param name="IsReady">Whether its last probes were good.</param>
/// <param name="Message">Why it is not ready; empty when it is.</param>
/// <param name="Member">The connection, or null where none could be made from the cluster's settings.</param>
internal sealed record ClusterView(string Name, StringMap Labels, bool IsReady, string Message, Member? Member);
