namespace KubeFed.KubeClient.Configuration;

/// <summary>A kubeconfig, or several merged into one.</summary>
public sealed record KubeConfigDocument
{
    /// <summary>The document of no file at all.</summary>
    public static KubeConfigDocument Empty { get; } = new();

    /// <summary>The context that counts where none is asked for; empty where unset.</summary>
    public string CurrentContext { get; init; } = "";

    /// <summary>The clusters, in the order of the files.</summary>
    public IReadOnlyList<KubeConfigCluster> Clusters { get; init; } = [];

    /// <summary>The users, in the order of the files.</summary>
    public IReadOnlyList<KubeConfigUser> Users { get; init; } = [];

    /// <summary>The contexts, in the order of the files.</summary>
    public IReadOnlyList<KubeConfigContext> Contexts { get; init; } = [];

    /// <summary>The files that were read.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>Whether nothing is configured at all.</summary>
    public bool IsEmpty => CurrentContext.Length == 0 && Clusters.Count == 0 && Users.Count == 0 && Contexts.Count == 0;

    /// <summary>The context of that name, or null.</summary>
    public KubeConfigContext? FindContext(string name) => Contexts.FirstOrDefault(c => c.Name == name);

    /// <summary>The cluster of that name, or null.</summary>
    public KubeConfigCluster? FindCluster(string name) => Clusters.FirstOrDefault(c => c.Name == name);

    /// <summary>The user of that name, or null.</summary>
    public KubeConfigUser? FindUser(string name) => Users.FirstOrDefault(u => u.Name == name);

    /// <summary>Adds what another document has and this one has not: entries as wholes, by name.</summary>
    public KubeConfigDocument Merge(KubeConfigDocument other) => new()
    {
        CurrentContext = CurrentContext.Length > 0 ? CurrentContext : other.CurrentContext,
        Clusters = [.. Clusters, .. other.Clusters.Where(c => FindCluster(c.Name) is null)],
        Users = [.. Users, .. other.Users.Where(u => FindUser(u.Name) is null)],
        Contexts = [.. Contexts, .. other.Contexts.Where(c => FindContext(c.Name) is null)],
        Files = [.. Files, .. other.Files],
    };
}
