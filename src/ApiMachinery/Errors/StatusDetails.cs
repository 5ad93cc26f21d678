namespace KubeFed.ApiMachinery.Errors;

/// <summary>What a Status is about.</summary>
public sealed record StatusDetails
{
    /// <summary>The object's name.</summary>
    public string? Name { get; init; }

    /// <summary>The API group.</summary>
    public string? Group { get; init; }

    /// <summary>The resource (for 404, 409, 403) or the kind (for 422).</summary>
    public string? Kind { get; init; }

    /// <summary>The object's UID.</summary>
    public string? Uid { get; init; }

    /// <summary>The causes, field by field.</summary>
    public IReadOnlyList<StatusCause>? Causes { get; init; }

    /// <summary>Seconds to wait before another try; null or 0 for no advice.</summary>
    public int? RetryAfterSeconds { get; init; }
}
