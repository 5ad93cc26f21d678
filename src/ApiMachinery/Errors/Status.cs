namespace KubeFed.ApiMachinery.Errors;

/// <summary>The answer of a Kubernetes API where there is no object to send: most often a failure (meta/v1 Status).</summary>
public sealed record Status
{
    /// <summary>Always <c>Status</c>.</summary>
    public string Kind { get; init; } = "Status";

    /// <summary>Always <c>v1</c>.</summary>
    public string ApiVersion { get; init; } = "v1";

    /// <summary>List metadata.</summary>
    public StatusMetadata Metadata { get; init; } = new();

    /// <summary><c>Success</c> or <c>Failure</c>; the field is named <c>status</c>.</summary>
    [System.Text.Json.Serialization.JsonPropertyName("status")]
    public string? Outcome { get; init; }

    /// <summary>What happened, for a person.</summary>
    public string? Message { get; init; }

    /// <summary>One of <see cref="StatusReason"/>, or unset.</summary>
    public string? Reason { get; init; }

    /// <summary>What it is about.</summary>
    public StatusDetails? Details { get; init; }

    /// <summary>The HTTP status code.</summary>
    public int Code { get; init; }
}
