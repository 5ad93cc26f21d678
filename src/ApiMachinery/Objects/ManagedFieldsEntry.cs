using System.Text.Json;
using System.Text.Json.Serialization;

namespace KubeFed.ApiMachinery.Objects;

/// <summary>The fields of an object that one field manager owns (meta/v1 ManagedFieldsEntry).</summary>
public sealed record ManagedFieldsEntry
{
    /// <summary>The field manager's name.</summary>
    public string Manager { get; init; } = "";

    /// <summary><c>Apply</c> or <c>Update</c>.</summary>
    public string Operation { get; init; } = "";

    /// <summary>The API version that the field set is written in.</summary>
    public string ApiVersion { get; init; } = "";

    /// <summary>When the manager last took or changed a field.</summary>
    [JsonConverter(typeof(TimestampJsonConverter))]
    public DateTimeOffset? Time { get; init; }

    /// <summary>Always <c>FieldsV1</c>.</summary>
    public string FieldsType { get; init; } = "";

    /// <summary>The field set in the form FieldsV1.</summary>
    public JsonElement FieldsV1 { get; init; }

    /// <summary>The subresource written through, or null.</summary>
    public string? Subresource { get; init; }
}
