using System.Text.Json.Serialization;

namespace KubeFed.ApiMachinery.Objects;

/// <summary>
/// The metadata that every stored object has (meta/v1 ObjectMeta). Immutable. <c>managedFields</c> is not decoded here:
/// it is large and seldom wanted; <see cref="KubeObject.ReadManagedFields"/> reads it. Writing an object without it
/// leaves the stored one as it is.
/// </summary>
[JsonConverter(typeof(ObjectMetaJsonConverter))]
public sealed record ObjectMeta
{
    /// <summary>Metadata with nothing set.</summary>
    public static ObjectMeta Empty { get; } = new();

    /// <summary>The name, unique among the resource's objects of a namespace; empty only before <c>generateName</c> was filled in.</summary>
    public string Name { get; init; } = "";

    /// <summary>The prefix from which the server makes a name when <see cref="Name"/> is empty.</summary>
    public string? GenerateName { get; init; }

    /// <summary>The namespace; empty for cluster-scoped objects.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>The server's identity of this very object; a new object of the same name has another.</summary>
    public string? Uid { get; init; }

    /// <summary>The opaque version of the stored object; changes with every write.</summary>
    public string? ResourceVersion { get; init; }

    /// <summary>Counts changes of the desired state; 0 where the type does not count them.</summary>
    public long Generation { get; init; }

    /// <summary>When the server stored the object first.</summary>
    public DateTimeOffset? CreationTimestamp { get; init; }

    /// <summary>When deletion was asked for; the object goes when its finalizers are gone.</summary>
    public DateTimeOffset? DeletionTimestamp { get; init; }

    /// <summary>Seconds of grace of the deletion.</summary>
    public long? DeletionGracePeriodSeconds { get; init; }

    /// <summary>Labels, never null.</summary>
    public StringMap Labels { get; init; } = StringMap.Empty;

    /// <summary>Annotations, never null.</summary>
    public StringMap Annotations { get; init; } = StringMap.Empty;

    /// <summary>Those who must agree before the object goes, never null.</summary>
    public IReadOnlyList<string> Finalizers { get; init; } = [];

    /// <summary>The owners, never null.</summary>
    public IReadOnlyList<OwnerReference> OwnerReferences { get; init; } = [];

    /// <summary>Whether deletion was asked for.</summary>
    public bool IsDeleting => DeletionTimestamp is not null;
}
