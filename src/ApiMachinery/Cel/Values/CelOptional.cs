namespace KubeFed.ApiMachinery.Cel.Values;

/// <summary>A value that may be absent.</summary>
internal sealed class CelOptional(bool hasValue, CelValue value)
{
    public static readonly CelOptional None = new(hasValue: false, default);

    public bool HasValue { get; } = hasValue;

    public CelValue Value { get; } = value;

    public static CelValue Of(in CelValue value) => value.IsError ? value : CelValue.Optional(new CelOptional(hasValue: true, value));

    public override string ToString() => HasValue ? $"optional.of({Value})" : "optional.none()";
}
