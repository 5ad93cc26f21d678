using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace KubeFed.ApiMachinery.Schemas;

/// <summary>What a value must be, beyond its type: the keywords of a schema that only validate. Immutable.</summary>
public sealed record ValueValidation
{
    /// <summary>Nothing is asked.</summary>
    public static ValueValidation None { get; } = new();

    /// <summary>The format of a string or number, as <c>date-time</c> or <c>int32</c>; unknown ones validate nothing.</summary>
    public string? Format { get; init; }

    /// <summary>The least number.</summary>
    public double? Minimum { get; init; }

    /// <summary>Whether the least number itself is refused.</summary>
    public bool ExclusiveMinimum { get; init; }

    /// <summary>The greatest number.</summary>
    public double? Maximum { get; init; }

    /// <summary>Whether the greatest number itself is refused.</summary>
    public bool ExclusiveMaximum { get; init; }

    /// <summary>What a number must be a multiple of.</summary>
    public double? MultipleOf { get; init; }

    /// <summary>Least length of a string in characters.</summary>
    public long? MinLength { get; init; }

    /// <summary>Greatest length of a string in characters.</summary>
    public long? MaxLength { get; init; }

    /// <summary>A regular expression that must match somewhere (RE2 syntax).</summary>
    public string? Pattern { get; init; }

    /// <summary>The pattern ready for use; null where there is none, or where the record was made by hand.</summary>
    internal Regex? CompiledPattern { get; init; }

    /// <summary>Least number of items.</summary>
    public long? MinItems { get; init; }

    /// <summary>Greatest number of items.</summary>
    public long? MaxItems { get; init; }

    /// <summary>Least number of members of an object.</summary>
    public long? MinProperties { get; init; }

    /// <summary>Greatest number of members of an object.</summary>
    public long? MaxProperties { get; init; }

    /// <summary>Members that an object must have.</summary>
    public IReadOnlyList<string> Required { get; init; } = [];

    /// <summary>The values allowed; empty allows all. The nodes must not be changed.</summary>
    public IReadOnlyList<JsonNode?> Enum { get; init; } = [];

    /// <summary>All of these must hold.</summary>
    public IReadOnlyList<NestedValidation> AllOf { get; init; } = [];

    /// <summary>At least one of these must hold, where there are any.</summary>
    public IReadOnlyList<NestedValidation> AnyOf { get; init; } = [];

    /// <summary>Exactly one of these must hold, where there are any.</summary>
    public IReadOnlyList<NestedValidation> OneOf { get; init; } = [];

    /// <summary>This must not hold.</summary>
    public NestedValidation? Not { get; init; }
}
