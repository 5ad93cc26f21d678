namespace KubeFed.KubeClient.Discovery;

/// <summary>Several resources answer to a name.</summary>
public sealed class AmbiguousResourceException(string name, IReadOnlyList<string> candidates)
    : Exception($"\"{name}\" is ambiguous: name one of {string.Join(", ", candidates)}")
{
    /// <summary>The name as asked for.</summary>
    public string Name { get; } = name;

    /// <summary>The full names (<c>plural.group</c>) it could mean.</summary>
    public IReadOnlyList<string> Candidates { get; } = candidates;
}
