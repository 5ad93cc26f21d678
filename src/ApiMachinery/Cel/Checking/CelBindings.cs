namespace KubeFed.ApiMachinery.Cel.Checking;

/// <summary>What the arguments of one call make of the type parameters of a signature.</summary>
internal sealed class CelBindings
{
    private readonly Dictionary<string, CelType> _bound = new(StringComparer.Ordinal);

    /// <summary>Whether a value of type <paramref name="actual"/> may be given for <paramref name="wanted"/>.</summary>
    public bool Accept(CelType wanted, CelType actual)
    {
        if (wanted.Kind == CelTypeKind.Parameter)
        {
            return Bind(wanted.Name, actual);
        }

        if (wanted.Kind == CelTypeKind.Dynamic || actual.Kind == CelTypeKind.Dynamic)
        {
            Loosen(wanted);
            return true;
        }

        if (actual.Kind == CelTypeKind.Null)
        {
            return wanted.Kind is CelTypeKind.Null or CelTypeKind.Object or CelTypeKind.Duration or CelTypeKind.Timestamp;
        }

        if (wanted.Kind == CelTypeKind.Null)
        {
            return actual.Kind is CelTypeKind.Object or CelTypeKind.Duration or CelTypeKind.Timestamp;
        }

        if (wanted.Kind != actual.Kind || wanted.Parameters.Count != actual.Parameters.Count)
        {
            return false;
        }

        return wanted.Kind is CelTypeKind.Object or CelTypeKind.Opaque
            ? ReferenceEquals(wanted, actual)
            : wanted.Parameters.Zip(actual.Parameters).All(p => Accept(p.First, p.Second));
    }

    /// <summary>The type with its parameters replaced; what nothing decided is dynamic.</summary>
    public CelType Resolve(CelType type) => type.Kind switch
    {
        CelTypeKind.Parameter => _bound.GetValueOrDefault(type.Name, CelType.Dynamic),
        CelTypeKind.List => CelType.ListOf(Resolve(type.Parameters[0])),
        CelTypeKind.Map => CelType.MapOf(Resolve(type.Parameters[0]), Resolve(type.Parameters[1])),
        CelTypeKind.Optional => CelType.OptionalOf(Resolve(type.Parameters[0])),
        _ => type,
    };

    public static bool Same(CelType a, CelType b) => ReferenceEquals(a, b)
        || (a.Kind == b.Kind
            && a.Kind is not (CelTypeKind.Object or CelTypeKind.Opaque or CelTypeKind.Parameter)
            && a.Parameters.Zip(b.Parameters).All(static p => Same(p.First, p.Second)));

    private bool Bind(string name, CelType actual)
    {
        if (!_bound.TryGetValue(name, out CelType? bound) || bound.Kind == CelTypeKind.Null)
        {
            bool fits = bound is null || Accept(actual, bound);
            _bound[name] = actual;
            return fits;
        }

        if (!Accept(bound, actual))
        {
            return false;
        }

        if (actual.Kind == CelTypeKind.Dynamic || (!Same(bound, actual) && actual.Kind != CelTypeKind.Null))
        {
            _bound[name] = actual.Kind == CelTypeKind.Dynamic ? actual : bound;
        }

        return true;
    }

    private void Loosen(CelType type)
    {
        if (type.Kind == CelTypeKind.Parameter)
        {
            _bound.TryAdd(type.Name, CelType.Dynamic);
        }

        foreach (CelType parameter in type.Parameters)
        {
            Loosen(parameter);
        }
    }
}
