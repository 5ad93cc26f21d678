using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json.Serialization;

namespace KubeFed.FederationApis.Scheduling.V1Alpha1;

/// <summary>A number of replicas, or a share of the total in percent; on the wire a number or a string such as <c>25%</c>.</summary>
/// <param name="Value">The number, or the percent.</param>
/// <param name="IsPercent">Which of both it is.</param>
[JsonConverter(typeof(ReplicaShareJsonConverter))]
[StructLayout(LayoutKind.Auto)]
public readonly record struct ReplicaShare(int Value, bool IsPercent)
{
    /// <summary>A number of replicas.</summary>
    public static ReplicaShare Of(int replicas) => new(replicas, IsPercent: false);

    /// <summary>A share of the total.</summary>
    public static ReplicaShare Percent(int percent) => new(percent, IsPercent: true);

    /// <summary>Reads <c>25%</c>. False for what is no whole number of percent.</summary>
    public static bool TryParsePercent(string? text, out ReplicaShare share)
    {
        var isPercent = text is [.., '%'];
        var parsed = int.TryParse(isPercent ? text.AsSpan()[..^1] : "", NumberStyles.None, CultureInfo.InvariantCulture, out var percent);
        share = Percent(percent);
        return parsed;
    }

    /// <summary>How many replicas that is of a total, rounded up.</summary>
    public long Resolve(long total) => IsPercent ? ((total * Value) + 99) / 100 : Value;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Value}{(IsPercent ? "%" : "")}");
}
