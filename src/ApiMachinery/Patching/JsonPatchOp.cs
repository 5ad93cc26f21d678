namespace KubeFed.ApiMachinery.Patching;

/// <summary>The operations of RFC 6902.</summary>
public enum JsonPatchOp
{
    /// <summary>Sets a member of an object, or inserts into a list.</summary>
    Add,

    /// <summary>Removes what is there.</summary>
    Remove,

    /// <summary>Replaces what is there.</summary>
    Replace,

    /// <summary>Removes at one place and adds at another.</summary>
    Move,

    /// <summary>Adds at one place what is at another.</summary>
    Copy,

    /// <summary>Fails unless the value is there.</summary>
    Test,
}
