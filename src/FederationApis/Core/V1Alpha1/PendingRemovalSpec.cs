using System.Text.Json.Serialization;
using KubeFed.ApiMachinery.Objects;

namespace KubeFed.FederationApis.Core.V1Alpha1;

/// <summary>What is to be removed from which member.</summary>
public sealed record PendingRemovalSpec
{
    /// <summary>A spec with nothing set; not valid.</summary>
    public static PendingRemovalSpec Empty { get; } = new();

    /// <summary>The member.</summary>
    public string ClusterName { get; init => field = value ?? ""; } = "";

    /// <summary>The name of the FederatedTypeConfig that the object was propagated by.</summary>
    public string TypeName { get; init => field = value ?? ""; } = "";

    /// <summary>The namespace of the member's object; absent for cluster-scoped types.</summary>
    public string? ObjectNamespace { get; init; }

    /// <summary>The name of the member's object.</summary>
    public string ObjectName { get; init => field = value ?? ""; } = "";

    /// <summary>The UID of the member's object; absent where it was not known. An object of another UID is never removed.</summary>
    public string? ObjectUid { get; init; }

    /// <summary>When the removal was put off. Where no UID is known, an object that was created later is not removed.</summary>
    [JsonConverter(typeof(TimestampJsonConverter))]
    public DateTimeOffset? Since { get; init; }

    /// <summary>How the object is to be deleted: <c>Orphan</c>, <c>Background</c> or <c>Foreground</c>; absent for the type's default.</summary>
    public string? PropagationPolicy { get; init; }

    /// <summary>How long the object may take to end, in seconds; absent for the type's default.</summary>
    public long? GracePeriodSeconds { get; init; }
}
