namespace KubeFed.ApiMachinery.Identity;

/// <summary>An API group and a kind of it, whatever the version.</summary>
public readonly record struct GroupKind(string Group, string Kind)
{
    /// <summary><c>Kind</c> for the core group, else <c>Kind.group</c>, as error messages print it.</summary>
    public override string ToString() => string.IsNullOrEmpty(Group) ? Kind : $"{Kind}.{Group}";
}
