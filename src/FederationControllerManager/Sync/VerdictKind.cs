namespace KubeFed.FederationControllerManager.Sync;

/// <summary>What a <see cref="ClusterVerdict"/> means for the status.</summary>
internal enum VerdictKind
{
    /// <summary>No entry.</summary>
    None,

    /// <summary>An entry.</summary>
    Report,

    /// <summary>Not known yet.</summary>
    Pending,
}
