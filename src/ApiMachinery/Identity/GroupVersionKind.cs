namespace KubeFed.ApiMachinery.Identity;

/// <summary>The full name of a kind of object: what <c>apiVersion</c> and <c>kind</c> say.</summary>
public readonly record struct GroupVersionKind(string Group, string Version, string Kind)
{
    /// <summary>Joins an <c>apiVersion</c> and a <c>kind</c>.</summary>
    /// <exception cref="FormatException"><paramref name="apiVersion"/> is malformed.</exception>
    public static GroupVersionKind Of(string apiVersion, string kind) => GroupVersion.Parse(apiVersion).WithKind(kind);

    /// <summary>Group and version.</summary>
    public GroupVersion GroupVersion => new(Group, Version);

    /// <summary>Group and kind.</summary>
    public GroupKind GroupKind => new(Group, Kind);

    /// <summary>The value of the <c>apiVersion</c> field.</summary>
    public string ApiVersion => GroupVersion.ToString();

    /// <summary><c>apps/v1, Kind=Deployment</c>.</summary>
    public override string ToString() => $"{GroupVersion}, Kind={Kind}";
}
