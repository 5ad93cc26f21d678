namespace KubeFed.ApiServerRuntime.Negotiation;

/// <summary>As what an object is sent.</summary>
internal enum ResponseShape
{
    /// <summary>As it is.</summary>
    Object,

    /// <summary>As a row of a Table.</summary>
    Table,

    /// <summary>As PartialObjectMetadata: only its metadata.</summary>
    PartialObject,

    /// <summary>As a PartialObjectMetadataList; for lists.</summary>
    PartialObjectList,
}
