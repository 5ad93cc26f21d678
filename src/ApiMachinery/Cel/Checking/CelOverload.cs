using KubeFed.ApiMachinery.Cel.Evaluation;
using KubeFed.ApiMachinery.Cel.Values;

namespace KubeFed.ApiMachinery.Cel.Checking;

/// <summary>One signature of a function. For a method the first parameter is the target.</summary>
internal sealed record CelOverload(CelType[] Parameters, CelType Result, CelImplementation Implementation, int Cost)
{
    /// <summary>Whether the values are of the types of the parameters.</summary>
    public bool Accepts(ReadOnlySpan<CelValue> arguments)
    {
        for (int i = 0; i < arguments.Length; i++)
        {
            if (!Accepts(Parameters[i], arguments[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Accepts(CelType parameter, in CelValue value) => parameter.Kind switch
    {
        CelTypeKind.Dynamic or CelTypeKind.Parameter => true,
        CelTypeKind.Opaque => value.Kind == CelKind.Opaque && ReferenceEquals(((ICelOpaque)value.AsOpaque).Type, parameter),
        CelTypeKind.Optional => value.Kind == CelKind.Optional,
        _ => value.Kind == KindOf(parameter.Kind),
    };

    private static CelKind KindOf(CelTypeKind kind) => kind switch
    {
        CelTypeKind.Null => CelKind.Null,
        CelTypeKind.Bool => CelKind.Bool,
        CelTypeKind.Int => CelKind.Int,
        CelTypeKind.Uint => CelKind.Uint,
        CelTypeKind.Double => CelKind.Double,
        CelTypeKind.String => CelKind.String,
        CelTypeKind.Bytes => CelKind.Bytes,
        CelTypeKind.Duration => CelKind.Duration,
        CelTypeKind.Timestamp => CelKind.Timestamp,
        CelTypeKind.Type => CelKind.Type,
        CelTypeKind.List => CelKind.List,
        _ => CelKind.Map,
    };
}
