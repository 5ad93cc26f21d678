using System.Runtime.InteropServices;

namespace KubeFed.FederationCore.Scheduling;

/// <summary>A level, as a fraction, at which a candidate begins or stops to grow, and what that changes.</summary>
/// <param name="Numerator">The level's numerator, not negative.</param>
/// <param name="Denominator">The level's denominator, positive.</param>
/// <param name="Missing">What is added to the replicas that the growing candidates share.</param>
/// <param name="Growing">What is added to the sum of the growing candidates' shares.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct LevelEvent(long Numerator, long Denominator, Int128 Missing, Int128 Growing) : IComparable<LevelEvent>
{
    public int CompareTo(LevelEvent other) =>
        Math.BigMul(Numerator, other.Denominator).CompareTo(Math.BigMul(other.Numerator, Denominator));
}
