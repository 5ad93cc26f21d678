namespace KubeFed.ApiMachinery.Identity;

/// <summary>The full name of a resource: what a URL path says.</summary>
public readonly record struct GroupVersionResource(string Group, string Version, string Resource)
{
    /// <summary>Group and version.</summary>
    public GroupVersion GroupVersion => new(Group, Version);

    /// <summary>Group and resource.</summary>
    public GroupResource GroupResource => new(Group, Resource);

    /// <summary><c>apps/v1, Resource=deployments</c>.</summary>
    public override string ToString() => $"{GroupVersion}, Resource={Resource}";
}
