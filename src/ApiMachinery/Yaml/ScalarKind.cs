namespace KubeFed.ApiMachinery.Yaml;

internal enum ScalarKind
{
    Text,
    Null,
    Boolean,
    Integer,
    Float,

    /// <summary>A date; text in JSON, but quoted when written.</summary>
    Timestamp,

    /// <summary>Infinity or not-a-number, which JSON cannot hold.</summary>
    NotFinite,

    /// <summary>The key <c>&lt;&lt;</c>.</summary>
    Merge,
}
