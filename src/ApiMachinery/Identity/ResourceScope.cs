namespace KubeFed.ApiMachinery.Identity;

/// <summary>Whether the objects of a resource live in namespaces.</summary>
public enum ResourceScope
{
    /// <summary>Every object has a namespace.</summary>
    Namespaced,

    /// <summary>No object has a namespace.</summary>
    Cluster,
}
