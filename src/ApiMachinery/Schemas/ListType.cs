namespace KubeFed.ApiMachinery.Schemas;

/// <summary>How the items of a list are told apart (<c>x-kubernetes-list-type</c>).</summary>
public enum ListType
{
    /// <summary>They are not: the list is owned and replaced as a whole.</summary>
    Atomic,

    /// <summary>By their value; the items are scalars and none occurs twice.</summary>
    Set,

    /// <summary>By the key fields of the items, which are objects.</summary>
    Map,
}
