using KubeFed.FederationApis.Types.V1Beta1;

namespace KubeFed.FederationCore.Statuses;

/// <summary>The status after a pass.</summary>
/// <param name="Status">The new status.</param>
/// <param name="NeedsWrite">Whether it differs from the stored one in a way worth a write.</param>
public readonly record struct StatusUpdate(FederatedStatus Status, bool NeedsWrite);
