namespace KubeFed.FederationApis.Core.V1Alpha1;

/// <summary>What one member held after the last write to it.</summary>
public sealed record ClusterObjectVersion
{
    /// <summary>The member.</summary>
    public string ClusterName { get; init => field = value ?? ""; } = "";

    /// <summary>The member's object after the write: <c>gen:</c> and its generation, or <c>rv:</c> and its resourceVersion.</summary>
    public string Version { get; init => field = value ?? ""; } = "";

    /// <summary>
    /// The hash of the bytes that were applied (template and this cluster's overrides, nothing of other clusters). An
    /// addition to KubeFed's shape; absent in records that KubeFed wrote, whose objects are then applied once.
    /// </summary>
    public string? AppliedHash { get; init; }

    /// <summary>
    /// The UID of the member's object, so that a removal that is done later removes that object and no other. An addition to KubeFed's
    /// shape; absent in records from before.
    /// </summary>
    public string? Uid { get; init; }
}
