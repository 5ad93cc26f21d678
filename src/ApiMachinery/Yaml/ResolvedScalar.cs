using System.Globalization;
using KubeFed.ApiMachinery.Json;

namespace KubeFed.ApiMachinery.Yaml;

/// <summary>What an unquoted YAML scalar means.</summary>
/// <param name="Kind">Its type.</param>
/// <param name="Truth">The value of a boolean.</param>
/// <param name="Integral">The value of an integer, exact from <see cref="long.MinValue"/> to <see cref="ulong.MaxValue"/>.</param>
/// <param name="Real">The value of a float.</param>
internal readonly record struct ResolvedScalar(ScalarKind Kind, bool Truth = false, Int128 Integral = default, double Real = 0)
{
    /// <summary>The text of this value as the key of a JSON object, or null if Kubernetes takes no such key.</summary>
    public string? AsKey(string text) => Kind switch
    {
        ScalarKind.Text or ScalarKind.Timestamp or ScalarKind.Merge => text,
        ScalarKind.Boolean => Truth ? "true" : "false",
        ScalarKind.Integer => Integral.ToString(CultureInfo.InvariantCulture),
        ScalarKind.Float => FloatKey((float)Real),
        _ => null,
    };

    // A key is cut to single precision, beyond which it is infinite.
    private static string FloatKey(float value) => GoFloat.FormatGeneral(value) switch
    {
        "+Inf" => ".inf",
        "-Inf" => "-.inf",
        var text => text,
    };
}
