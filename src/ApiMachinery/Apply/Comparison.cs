namespace KubeFed.ApiMachinery.Apply;

/// <summary>How one state of an object differs from another, field by field. Containers count as added or removed with what they hold.</summary>
internal readonly record struct Comparison(FieldSet Added, FieldSet Modified, FieldSet Removed)
{
    public static Comparison Same { get; } = new(FieldSet.Empty, FieldSet.Empty, FieldSet.Empty);

    public bool IsSame => Added.IsEmpty && Modified.IsEmpty && Removed.IsEmpty;

    /// <summary>What the newer state has other than the older: the fields that its writer takes.</summary>
    public FieldSet Taken => Modified.Union(Added);

    public Comparison ExceptBelow(FieldSet ignored) => ignored.IsEmpty
        ? this
        : new Comparison(Added.ExceptBelow(ignored), Modified.ExceptBelow(ignored), Removed.ExceptBelow(ignored));
}
