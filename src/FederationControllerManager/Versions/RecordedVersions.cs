using KubeFed.ApiMachinery.Objects;
using KubeFed.FederationApis.Core.V1Alpha1;

namespace KubeFed.FederationControllerManager.Versions;

/// <summary>The recorded versions of one federated object. Immutable.</summary>
/// <param name="Owner">The federated object; a record of another UID does not count.</param>
/// <param name="Status">What was recorded.</param>
internal sealed record RecordedVersions(OwnerReference Owner, PropagatedVersionStatus Status);
