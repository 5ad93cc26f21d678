using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;

namespace KubeFed.FederationCore.Rendering;

/// <summary>What a cluster shall hold. Immutable; clusters without overrides share one.</summary>
public sealed record DesiredObject
{
    /// <summary>
    /// The body of the server-side apply: JSON with sorted keys and without white space, the same bytes for the same
    /// content. Without <c>spec.replicas</c> where the members keep their own.
    /// </summary>
    public required ReadOnlyMemory<byte> Utf8Json { get; init; }

    /// <summary>Identifies <see cref="Utf8Json"/>: 32 hexadecimal digits of its SHA-256.</summary>
    public required string Hash { get; init; }

    /// <summary>Group, version and kind after overrides.</summary>
    public required GroupVersionKind Kind { get; init; }

    /// <summary>Namespace (empty for cluster-scoped targets) and name.</summary>
    public required NamespacedName Key { get; init; }

    /// <summary>The labels that are applied, the managed label among them.</summary>
    public required StringMap Labels { get; init; }

    /// <summary>The annotations that are applied.</summary>
    public required StringMap Annotations { get; init; }

    /// <summary>
    /// The template's <c>spec.replicas</c> when the members keep their own and no override sets it: what an object is to be
    /// created with, once. Null otherwise. Applying it and leaving it out later would make the server drop it, so
    /// create with <see cref="ToCreateJson"/> under another field manager than the one that applies.
    /// </summary>
    public long? InitialReplicas { get; init; }

    /// <summary>The body of a create: <see cref="Utf8Json"/>, with <see cref="InitialReplicas"/> where there are any.</summary>
    public ReadOnlyMemory<byte> ToCreateJson() =>
        InitialReplicas is { } replicas ? CanonicalJson.WithReplicas(Utf8Json, replicas) : Utf8Json;
}
