namespace KubeFed.ApiMachinery.Cel;

/// <summary>The sort of a type.</summary>
public enum CelTypeKind
{
    /// <summary>Anything; decided when evaluated.</summary>
    Dynamic,

    /// <summary>The type of <c>null</c>.</summary>
    Null,

    /// <summary>True or false.</summary>
    Bool,

    /// <summary>A whole number of 64 bits.</summary>
    Int,

    /// <summary>A whole number of 64 bits without sign.</summary>
    Uint,

    /// <summary>A floating point number of 64 bits.</summary>
    Double,

    /// <summary>Unicode text.</summary>
    String,

    /// <summary>Octets.</summary>
    Bytes,

    /// <summary>A span of time.</summary>
    Duration,

    /// <summary>A point in time.</summary>
    Timestamp,

    /// <summary>A type as a value.</summary>
    Type,

    /// <summary>A list.</summary>
    List,

    /// <summary>A map.</summary>
    Map,

    /// <summary>An object with known fields.</summary>
    Object,

    /// <summary>A value that may be absent.</summary>
    Optional,

    /// <summary>A type of a library that is known by its name only, as a quantity.</summary>
    Opaque,

    /// <summary>In a signature, a type that the arguments decide.</summary>
    Parameter,
}
