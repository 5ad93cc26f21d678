using System.Numerics;
using System.Runtime.InteropServices;

namespace KubeFed.FederationCore.Scheduling;

/// <summary>
/// The level up to which candidates are filled: the number L by which the sum of all <c>base + L * share</c>, each kept between its candidate's
/// low and high, is the total. Exact, as a fraction, found by one walk over the levels at which a candidate begins or stops to grow.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ShareLevel
{
    private readonly long _numerator;
    private readonly Int128 _denominator;

    private ShareLevel(long numerator, Int128 denominator)
    {
        _numerator = numerator;
        _denominator = denominator;
    }

    /// <summary>The level above every limit.</summary>
    public static ShareLevel Unlimited => new(1, 0);

    /// <summary>Finds the level. The lows add up to no more than the total.</summary>
    public static ShareLevel Find(List<Candidate> candidates, long total, bool withCapacity)
    {
        Int128 most = 0;
        foreach (var candidate in candidates)
        {
            most += candidate.Share > 0 ? Math.Max(candidate.Low, HighOf(candidate, withCapacity)) : candidate.Low;
        }

        return most <= total ? Unlimited : Walk(candidates, total, withCapacity);
    }

    /// <summary>Whether a candidate would get more at this level than so many.</summary>
    public bool Exceeds(Candidate candidate, long replicas) =>
        candidate.Share > 0 && (_denominator == 0 || candidate.Base + Ceiling(candidate.Share) > replicas);

    /// <summary>What a candidate gets at this level, rounded up, within its limits.</summary>
    public long ShareOf(Candidate candidate, bool withCapacity)
    {
        if (candidate.Share == 0)
        {
            return candidate.Low;
        }

        var high = Math.Max(candidate.Low, HighOf(candidate, withCapacity));
        return _denominator == 0 ? high : (long)Int128.Clamp(candidate.Base + Ceiling(candidate.Share), candidate.Low, high);
    }

    /// <summary>Whether so many replicas are no more than the candidate's exact share at this level.</summary>
    public bool Covers(Candidate candidate, long replicas)
    {
        var above = replicas - candidate.Base;
        if (above <= 0 || _denominator == 0)
        {
            return above <= 0 || candidate.Share > 0;
        }

        return _denominator <= long.MaxValue
            ? above * _denominator <= (Int128)_numerator * candidate.Share
            : (BigInteger)above * _denominator <= (BigInteger)_numerator * candidate.Share;
    }

    private static ShareLevel Walk(List<Candidate> candidates, long total, bool withCapacity)
    {
        var events = new List<LevelEvent>();
        Int128 missing = total, growing = 0;
        foreach (var candidate in candidates)
        {
            var high = HighOf(candidate, withCapacity);
            if (candidate.Share == 0 || high <= candidate.Low)
            {
                missing -= candidate.Low;
                continue;
            }

            if (candidate.Low > candidate.Base)
            {
                missing -= candidate.Low;
                events.Add(new LevelEvent(candidate.Low - candidate.Base, candidate.Share, candidate.Low - candidate.Base, candidate.Share));
            }
            else
            {
                missing -= candidate.Base;
                growing += candidate.Share;
            }

            if (high < Candidate.Unbounded)
            {
                events.Add(new LevelEvent(high - candidate.Base, candidate.Share, candidate.Base - high, -(Int128)candidate.Share));
            }
        }

        events.Sort();
        foreach (var next in events)
        {
            if (Reaches(growing, missing, next))
            {
                break;
            }

            missing += next.Missing;
            growing += next.Growing;
        }

        return new ShareLevel((long)missing, growing);
    }

    private static bool Reaches(Int128 growing, Int128 missing, LevelEvent next) => growing <= long.MaxValue
        ? growing * next.Numerator >= missing * next.Denominator
        : (BigInteger)growing * next.Numerator >= (BigInteger)missing * next.Denominator;

    private static long HighOf(Candidate candidate, bool withCapacity) => withCapacity ? candidate.High : candidate.WithoutCapacity;

    private Int128 Ceiling(long share)
    {
        if (_denominator <= long.MaxValue && Math.BigMul((ulong)_numerator, (ulong)share, out var low) == 0)
        {
            var (quotient, rest) = Math.DivRem(low, (ulong)_denominator);
            return (Int128)quotient + (rest == 0 ? 0 : 1);
        }

        return (((Int128)_numerator * share) + _denominator - 1) / _denominator;
    }
}
