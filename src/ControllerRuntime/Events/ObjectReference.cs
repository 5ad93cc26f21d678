using KubeFed.ApiMachinery.Objects;

namespace KubeFed.ControllerRuntime.Events;

/// <summary>The object that an event is about.</summary>
public sealed record ObjectReference
{
    /// <summary>Its API version.</summary>
    public required string ApiVersion { get; init; }

    /// <summary>Its kind.</summary>
    public required string Kind { get; init; }

    /// <summary>Its namespace; empty for cluster-scoped objects, whose events live in <c>default</c>.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its UID, by which tools find the events of this very object.</summary>
    public string? Uid { get; init; }

    /// <summary>The version that the event speaks of.</summary>
    public string? ResourceVersion { get; init; }

    /// <summary>A reference to an object.</summary>
    public static ObjectReference To(KubeObject value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new ObjectReference
        {
            ApiVersion = value.ApiVersion,
            Kind = value.Kind,
            Namespace = value.Metadata.Namespace,
            Name = value.Metadata.Name,
            Uid = value.Metadata.Uid,
            ResourceVersion = value.Metadata.ResourceVersion,
        };
    }
}
