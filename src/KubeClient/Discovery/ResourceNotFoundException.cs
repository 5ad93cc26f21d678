namespace KubeFed.KubeClient.Discovery;

/// <summary>No resource of that name is served.</summary>
/// <param name="name">The name as asked for.</param>
/// <param name="detail">What more there is to say, for example which groups could not be read; null for nothing.</param>
public sealed class ResourceNotFoundException(string name, string? detail = null)
    : Exception($"the server doesn't have a resource type \"{name}\"{(detail is null ? "" : $" ({detail})")}")
{
    /// <summary>The name as asked for.</summary>
    public string Name { get; } = name;
}
