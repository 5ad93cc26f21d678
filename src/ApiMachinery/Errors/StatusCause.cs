namespace KubeFed.ApiMachinery.Errors;

/// <summary>One of the causes of a failure.</summary>
public sealed record StatusCause
{
    /// <summary>Machine-readable reason, for example <c>FieldValueInvalid</c>.</summary>
    public string? Reason { get; init; }

    /// <summary>What is wrong, for a person.</summary>
    public string? Message { get; init; }

    /// <summary>The path of the field, for example <c>spec.ports[0].port</c>.</summary>
    public string? Field { get; init; }
}
