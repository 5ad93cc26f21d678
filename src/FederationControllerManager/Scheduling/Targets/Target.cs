using KubeFed.FederationApis.Types.V1Beta1;

namespace KubeFed.FederationControllerManager.Scheduling.Targets;

/// <summary>The federated object that a preference is about.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Source">The object.</param>
/// <param name="Field">Where its replicas are.</param>
internal sealed record Target(ScheduledType Type, FederatedObject Source, ReplicasField Field);
