namespace KubeFed.ApiMachinery.Yaml;

/// <summary>How much YAML is accepted before it is refused.</summary>
public sealed record YamlLimits
{
    /// <summary>The limits of a Kubernetes API server's request body.</summary>
    public static YamlLimits Default { get; } = new();

    /// <summary>Largest input in UTF-8 bytes, all documents together.</summary>
    /// <value>Default 3,145,728.</value>
    public int MaxBytes { get; init; } = 3 * 1024 * 1024;

    /// <summary>Deepest nesting of mappings and sequences.</summary>
    /// <value>Default 512.</value>
    public int MaxDepth { get; init; } = 512;

    /// <summary>
    /// How much aliases and merge keys may add to one input, all documents together, where every copied node counts 16 and every copied character 1.
    /// It bounds what a few bytes of nested aliases can grow to.
    /// </summary>
    /// <value>Default 3,145,728.</value>
    public int MaxAliasExpansion { get; init; } = 3 * 1024 * 1024;
}
