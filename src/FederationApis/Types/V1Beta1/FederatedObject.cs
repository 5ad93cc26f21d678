using System.Text.Json;
using KubeFed.ApiMachinery.Objects;
using KubeFed.FederationApis.Serialization;

namespace KubeFed.FederationApis.Types.V1Beta1;

/// <summary>
/// A <c>Federated&lt;Kind&gt;</c> of any kind, read from its JSON in one pass. Immutable. A malformed part does not hide
/// the others: it leaves its value empty and its error, a sentence that begins with the field's path, set.
/// </summary>
public sealed class FederatedObject
{
    internal FederatedObject(KubeObject source) => Source = source;

    /// <summary>The object that was read.</summary>
    public KubeObject Source { get; }

    /// <summary>Its metadata.</summary>
    public ObjectMeta Metadata => Source.Metadata;

    /// <summary>Whether the object has a <c>spec</c> at all.</summary>
    public bool HasSpec { get; internal init; }

    /// <summary>The JSON of <c>spec.template</c>; null when absent or null.</summary>
    public ReadOnlyMemory<byte>? Template { get; internal init; }

    /// <summary>The placement; <see cref="Placement.Absent"/> when there is none or it is malformed.</summary>
    public Placement Placement { get; internal init; } = Placement.Absent;

    /// <summary>Why the placement cannot be read, or null.</summary>
    public string? PlacementError { get; internal init; }

    /// <summary>The entries of <c>spec.overrides</c> in the author's order; malformed ones carry their error.</summary>
    public IReadOnlyList<ClusterOverrides> Overrides { get; internal init; } = [];

    /// <summary>Why overrides cannot be read when no single cluster is to blame, or null.</summary>
    public string? OverridesError { get; internal init; }

    /// <summary>Whether <c>spec.replicas</c> is the members' own.</summary>
    public bool RetainReplicas { get; internal init; }

    /// <summary>Whether the members' objects stay when this object is deleted: annotation <c>kubefed.io/orphan</c>.</summary>
    public bool IsOrphaning =>
        Metadata.Annotations.TryGetValue(FederationAnnotations.Orphan, out var value) && value == "true";

    /// <summary>Reads an object. Never fails for what is in its spec.</summary>
    public static FederatedObject Read(KubeObject source) => FederatedObjectReader.Read(source);

    /// <summary>Decodes the status; <see cref="FederatedStatus.Empty"/> when it is absent or malformed.</summary>
    public FederatedStatus ReadStatus()
    {
        if (!Source.TryGetRaw(out var raw, "status"))
        {
            return FederatedStatus.Empty;
        }

        try
        {
            return JsonSerializer.Deserialize(raw.Span, FederationJsonContext.Default.FederatedStatus) ?? FederatedStatus.Empty;
        }
        catch (JsonException)
        {
            return FederatedStatus.Empty;
        }
    }
}
