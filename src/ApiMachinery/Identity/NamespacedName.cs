namespace KubeFed.ApiMachinery.Identity;

/// <summary>Namespace and name of an object; the namespace is empty for cluster-scoped objects.</summary>
public readonly record struct NamespacedName(string Namespace, string Name) : IComparable<NamespacedName>
{
    /// <summary>The name of a cluster-scoped object.</summary>
    public static NamespacedName Cluster(string name) => new("", name);

    /// <summary>Whether there is no namespace.</summary>
    public bool IsClusterScoped => string.IsNullOrEmpty(Namespace);

    /// <summary>Orders by namespace, then by name, both bytewise.</summary>
    public int CompareTo(NamespacedName other)
    {
        var byNamespace = string.CompareOrdinal(Namespace, other.Namespace);
        return byNamespace != 0 ? byNamespace : string.CompareOrdinal(Name, other.Name);
    }

    /// <summary><c>namespace/name</c>, or just the name without a namespace.</summary>
    public override string ToString() => IsClusterScoped ? Name : $"{Namespace}/{Name}";
}
