namespace KubeFed.ApiMachinery.Cel.Values;

/// <summary>The types of values as <c>type()</c> gives them, and those of the libraries.</summary>
internal static class CelTypes
{
    public static readonly CelType List = CelType.ListOf(CelType.Dynamic);
    public static readonly CelType Map = CelType.MapOf(CelType.Dynamic, CelType.Dynamic);
    public static readonly CelType Optional = CelType.OptionalOf(CelType.Dynamic);
    public static readonly CelType Url = CelType.OpaqueOf("kubernetes.URL");
    public static readonly CelType Quantity = CelType.OpaqueOf("kubernetes.Quantity");
    public static readonly CelType Ip = CelType.OpaqueOf("net.IP");
    public static readonly CelType Cidr = CelType.OpaqueOf("net.CIDR");
    public static readonly CelType Semver = CelType.OpaqueOf("kubernetes.Semver");
    public static readonly CelType NamedFormat = CelType.OpaqueOf("kubernetes.NamedFormat");

    /// <summary>The names that stand for types in an expression.</summary>
    public static readonly Dictionary<string, CelType> Named = new(StringComparer.Ordinal)
    {
        ["bool"] = CelType.Bool,
        ["int"] = CelType.Int,
        ["uint"] = CelType.Uint,
        ["double"] = CelType.Double,
        ["string"] = CelType.String,
        ["bytes"] = CelType.Bytes,
        ["list"] = List,
        ["map"] = Map,
        ["null_type"] = CelType.Null,
        ["type"] = CelType.Type,
        ["optional_type"] = Optional,
        ["google.protobuf.Duration"] = CelType.Duration,
        ["google.protobuf.Timestamp"] = CelType.Timestamp,
        ["net.IP"] = Ip,
        ["net.CIDR"] = Cidr,
    };

    public static CelType Of(in CelValue value) => value.Kind switch
    {
        CelKind.Null => CelType.Null,
        CelKind.Bool => CelType.Bool,
        CelKind.Int => CelType.Int,
        CelKind.Uint => CelType.Uint,
        CelKind.Double => CelType.Double,
        CelKind.String => CelType.String,
        CelKind.Bytes => CelType.Bytes,
        CelKind.List => List,
        CelKind.Map => Map,
        CelKind.Duration => CelType.Duration,
        CelKind.Timestamp => CelType.Timestamp,
        CelKind.Type => CelType.Type,
        CelKind.Optional => Optional,
        CelKind.Opaque => ((ICelOpaque)value.AsOpaque).Type,
        _ => CelType.Dynamic,
    };
}
