namespace KubeFed.ApiMachinery.Json;

/// <summary>How much JSON is accepted from outside before it is refused.</summary>
public sealed record JsonLimits
{
    /// <summary>The limits of a Kubernetes API server's request body.</summary>
    public static JsonLimits Default { get; } = new();

    /// <summary>Largest document in bytes.</summary>
    /// <value>Default 3,145,728.</value>
    public int MaxBytes { get; init; } = 3 * 1024 * 1024;

    /// <summary>Deepest nesting of objects and arrays.</summary>
    /// <value>Default 512: schemas of large types nest beyond the 64 that System.Text.Json takes by itself.</value>
    public int MaxDepth { get; init; } = 512;

    /// <summary>Whether a member given twice in one object is an error. If not, the last one wins, as in the API server.</summary>
    /// <value>Default <see langword="true"/>.</value>
    public bool RefuseDuplicates { get; init; } = true;
}
