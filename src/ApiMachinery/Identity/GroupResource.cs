namespace KubeFed.ApiMachinery.Identity;

/// <summary>An API group and a resource (lower-case plural) of it, whatever the version.</summary>
public readonly record struct GroupResource(string Group, string Resource)
{
    /// <summary><c>resource</c> for the core group, else <c>resource.group</c>, as error messages print it.</summary>
    public override string ToString() => string.IsNullOrEmpty(Group) ? Resource : $"{Resource}.{Group}";
}
