namespace KubeFed.ApiMachinery.Patching;

/// <summary>Where a patch may be more lenient than RFC 6902, and how much it may do.</summary>
public sealed record JsonPatchOptions
{
    /// <summary>RFC 6902 to the letter, within the API server's limits.</summary>
    public static JsonPatchOptions Strict { get; } = new();

    /// <summary>What users of KubeFed's overrides know: a replaced member need not exist, a missing value is null.</summary>
    public static JsonPatchOptions KubeFed { get; } = new() { ReplaceAddsMissingMember = true, MissingValueIsNull = true };

    /// <summary>Whether <c>replace</c> of a member that an existing object lacks adds it.</summary>
    /// <value>Default <see langword="false"/>: an error.</value>
    public bool ReplaceAddsMissingMember { get; init; }

    /// <summary>Whether <c>add</c>, <c>replace</c> and <c>test</c> without <c>value</c> mean null.</summary>
    /// <value>Default <see langword="false"/>: an error.</value>
    public bool MissingValueIsNull { get; init; }

    /// <summary>Most operations of a patch.</summary>
    /// <value>Default 10,000.</value>
    public int MaxOperations { get; init; } = 10_000;

    /// <summary>Deepest nesting that the patch may build.</summary>
    /// <value>Default 512.</value>
    public int MaxDepth { get; init; } = 512;

    /// <summary>How much all <c>copy</c> operations together may add, where a value counts 16 and every character 1.</summary>
    /// <value>Default 3,145,728.</value>
    public long MaxCopied { get; init; } = 3 * 1024 * 1024;
}
