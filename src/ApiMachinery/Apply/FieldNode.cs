namespace KubeFed.ApiMachinery.Apply;

/// <summary>A step of a field set: whether the path that ends here is in the set, and what lies below.</summary>
internal readonly record struct FieldNode(string Key, bool IsMember, FieldSet? Children)
{
    public bool IsEmpty => !IsMember && Children is null;

    public static FieldNode Of(string key, bool isMember, FieldSet? children) =>
        new(key, isMember, children is { IsEmpty: false } ? children : null);
}
