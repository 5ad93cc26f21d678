using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json.Serialization;

namespace KubeFed.DevClusters.Controllers.Models;

/// <summary>A count, or a share of one such as <c>25%</c>.</summary>
[JsonConverter(typeof(IntOrPercentJsonConverter))]
[StructLayout(LayoutKind.Auto)]
internal readonly record struct IntOrPercent(int Value, bool IsPercent)
{
    /// <summary>The count out of a total; a share is rounded up or down.</summary>
    public int Of(int total, bool roundUp)
    {
        if (!IsPercent)
        {
            return Value;
        }

        var share = (long)Value * total;
        return (int)(roundUp ? (share + 99) / 100 : share / 100);
    }

    /// <summary>Reads <c>3</c> or <c>25%</c>.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out IntOrPercent value)
    {
        var isPercent = text.EndsWith("%");
        var number = isPercent ? text[..^1] : text;
        var isNumber = int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed);
        value = new IntOrPercent(parsed, isPercent);
        return isNumber;
    }

    public override string ToString() => IsPercent ? $"{Value}%" : Value.ToString(CultureInfo.InvariantCulture);
}
