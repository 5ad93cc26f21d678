namespace KubeFed.ApiMachinery.Meta;

/// <summary>The languages of patches.</summary>
public enum PatchType
{
    /// <summary>RFC 6902.</summary>
    Json,

    /// <summary>RFC 7386.</summary>
    Merge,

    /// <summary>Kubernetes' strategic merge patch; built-in types only.</summary>
    StrategicMerge,

    /// <summary>Server-side apply.</summary>
    Apply,
}
