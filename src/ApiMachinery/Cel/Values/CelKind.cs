namespace KubeFed.ApiMachinery.Cel.Values;

/// <summary>What a value is.</summary>
public enum CelKind
{
    /// <summary><c>null</c>.</summary>
    Null,

    /// <summary>True or false.</summary>
    Bool,

    /// <summary>A whole number.</summary>
    Int,

    /// <summary>A whole number without sign.</summary>
    Uint,

    /// <summary>A floating point number.</summary>
    Double,

    /// <summary>Text.</summary>
    String,

    /// <summary>Octets.</summary>
    Bytes,

    /// <summary>A list.</summary>
    List,

    /// <summary>A map or object.</summary>
    Map,

    /// <summary>A span of time.</summary>
    Duration,

    /// <summary>A point in time.</summary>
    Timestamp,

    /// <summary>A type.</summary>
    Type,

    /// <summary>A value or its absence.</summary>
    Optional,

    /// <summary>A value of a library, as a quantity or an address.</summary>
    Opaque,

    /// <summary>Evaluation failed; the text says why.</summary>
    Error,
}
