namespace KubeFed.ApiMachinery.Meta;

/// <summary>How much of an object a server sends.</summary>
public enum Representation
{
    /// <summary>The whole object.</summary>
    Full,

    /// <summary>Only <c>metadata</c> (PartialObjectMetadata). The objects carry apiVersion <c>meta.k8s.io/v1</c>.</summary>
    Metadata,
}
