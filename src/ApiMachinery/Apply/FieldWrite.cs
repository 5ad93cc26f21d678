namespace KubeFed.ApiMachinery.Apply;

/// <summary>Who writes an object, and how: what an entry of managedFields records.</summary>
public sealed record FieldWrite
{
    /// <summary>The field manager's name: the <c>fieldManager</c> of the request, else its User-Agent up to the first slash.</summary>
    public required string Manager { get; init; }

    /// <summary>The API version that the objects of this write are in.</summary>
    public required string ApiVersion { get; init; }

    /// <summary>The subresource written through, or null.</summary>
    public string? Subresource { get; init; }

    /// <summary>Fields that the endpoint does not let its callers set, with all that is below: nobody comes to own them by this write.</summary>
    public FieldSet ResetFields { get; init; } = FieldSet.Empty;

    /// <summary>The present time.</summary>
    public required DateTimeOffset Now { get; init; }
}
