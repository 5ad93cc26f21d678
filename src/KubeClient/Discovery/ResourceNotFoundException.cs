namespace KubeFed.KubeClient.Discovery;

/// <summary>No resource of that name is served.</summary>
public sealed class ResourceNotFoundException(string name)
    : Exception($"the server doesn't have a resource type \"{name}\"")
{
    /// <summary>The name as asked for.</summary>
    public string Name { get; } = name;
}
