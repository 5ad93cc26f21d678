namespace KubeFed.ApiMachinery.Cel.Values;

/// <summary>How JSON becomes a value.</summary>
internal enum CelSchemaKind
{
    /// <summary>As it is: an int-or-string, and what the schema does not describe.</summary>
    Any,
    Object,
    Map,
    List,
    String,
    Bytes,
    Duration,
    Timestamp,
    Date,
    Int,
    Double,
    Bool,
}
