namespace KubeFed.ApiServerRuntime.Tables;

/// <summary>What of its object each row of a Table carries.</summary>
internal enum IncludeObject
{
    /// <summary>Its metadata.</summary>
    Metadata,

    /// <summary>Nothing.</summary>
    None,

    /// <summary>All.</summary>
    Object,
}
