namespace KubeFed.ApiMachinery.Quantities;

/// <summary>The family of suffixes in which a quantity was written and is printed.</summary>
public enum QuantityFormat
{
    /// <summary><c>n u m</c> none <c>k M G T P E</c>.</summary>
    DecimalSI,

    /// <summary><c>Ki Mi Gi Ti Pi Ei</c>.</summary>
    BinarySI,

    /// <summary><c>e3</c>, <c>e-6</c>.</summary>
    DecimalExponent,
}
