namespace KubeFed.ApiMachinery.Apply;

/// <summary>What a value is, as far as merging goes.</summary>
internal enum TypeShape
{
    /// <summary>A string, number or boolean.</summary>
    Scalar,

    /// <summary>An object with fields, values of one type, or both.</summary>
    Map,

    /// <summary>A list.</summary>
    List,

    /// <summary>Whatever it happens to be: objects by their members, lists as a whole.</summary>
    Untyped,

    /// <summary>Not looked at: managedFields itself.</summary>
    Ignored,
}
