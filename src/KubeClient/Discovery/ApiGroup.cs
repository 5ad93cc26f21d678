namespace KubeFed.KubeClient.Discovery;

/// <summary>An API group that a server serves.</summary>
/// <param name="Name">The group; empty for the core group.</param>
/// <param name="Versions">Its versions, the preferred one first, the others in the server's order.</param>
public sealed record ApiGroup(string Name, IReadOnlyList<string> Versions)
{
    /// <summary>The version that the server prefers.</summary>
    public string PreferredVersion => Versions[0];
}
