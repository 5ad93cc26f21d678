namespace KubeFed.ApiMachinery.Cel;

/// <summary>A type of the expression language. Immutable once published; objects are the same type only if they are the same instance.</summary>
public sealed class CelType
{
    private readonly Dictionary<string, CelType>? _fields;

    private CelType(CelTypeKind kind, string name, IReadOnlyList<CelType>? parameters = null, Dictionary<string, CelType>? fields = null)
    {
        Kind = kind;
        Name = name;
        Parameters = parameters ?? [];
        _fields = fields;
    }

    /// <summary>Anything; checked when evaluated.</summary>
    public static CelType Dynamic { get; } = new(CelTypeKind.Dynamic, "dyn");

    /// <summary>The type of <c>null</c>.</summary>
    public static CelType Null { get; } = new(CelTypeKind.Null, "null");

    /// <summary>True or false.</summary>
    public static CelType Bool { get; } = new(CelTypeKind.Bool, "bool");

    /// <summary>A whole number of 64 bits.</summary>
    public static CelType Int { get; } = new(CelTypeKind.Int, "int");

    /// <summary>A whole number of 64 bits without sign.</summary>
    public static CelType Uint { get; } = new(CelTypeKind.Uint, "uint");

    /// <summary>A floating point number.</summary>
    public static CelType Double { get; } = new(CelTypeKind.Double, "double");

    /// <summary>Unicode text.</summary>
    public static CelType String { get; } = new(CelTypeKind.String, "string");

    /// <summary>Octets.</summary>
    public static CelType Bytes { get; } = new(CelTypeKind.Bytes, "bytes");

    /// <summary>A span of time in nanoseconds.</summary>
    public static CelType Duration { get; } = new(CelTypeKind.Duration, "duration");

    /// <summary>A point in time in nanoseconds.</summary>
    public static CelType Timestamp { get; } = new(CelTypeKind.Timestamp, "timestamp");

    /// <summary>A type as a value.</summary>
    public static CelType Type { get; } = new(CelTypeKind.Type, "type");

    /// <summary>The sort.</summary>
    public CelTypeKind Kind { get; }

    /// <summary>The name without parameters.</summary>
    public string Name { get; }

    /// <summary>The type of the items; the types of keys and values; the type of what may be absent.</summary>
    public IReadOnlyList<CelType> Parameters { get; }

    /// <summary>Whether values of the type name themselves by a word that compares as equal: <c>type(x) == int</c>.</summary>
    internal string RuntimeName => Kind switch
    {
        CelTypeKind.Null => "null_type",
        CelTypeKind.Duration => "google.protobuf.Duration",
        CelTypeKind.Timestamp => "google.protobuf.Timestamp",
        CelTypeKind.Object => "object",
        _ => Name,
    };

    /// <summary>A list of items of one type.</summary>
    public static CelType ListOf(CelType item) => new(CelTypeKind.List, "list", [item]);

    /// <summary>A map from keys of one type to values of one type.</summary>
    public static CelType MapOf(CelType key, CelType value) => new(CelTypeKind.Map, "map", [key, value]);

    /// <summary>A value that may be absent.</summary>
    public static CelType OptionalOf(CelType value) => new(CelTypeKind.Optional, "optional_type", [value]);

    /// <summary>An object with these fields; other fields are errors of compilation.</summary>
    public static CelType ObjectOf(string name, IReadOnlyDictionary<string, CelType> fields) =>
        new(CelTypeKind.Object, name, fields: new Dictionary<string, CelType>(fields, StringComparer.Ordinal));

    /// <inheritdoc/>
    public override string ToString() => Parameters.Count == 0 ? Name : $"{Name}({string.Join(", ", Parameters)})";

    internal static CelType OpaqueOf(string name) => new(CelTypeKind.Opaque, name);

    internal static CelType ParameterOf(string name) => new(CelTypeKind.Parameter, name);

    internal CelType? Field(string name) => _fields?.GetValueOrDefault(name);
}
