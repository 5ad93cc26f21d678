using KubeFed.ApiMachinery.Cel.Values;

namespace KubeFed.ApiMachinery.Cel.Evaluation;

/// <summary>
/// One evaluation: the variables, and what it has cost. Costs are the units of the reference implementation; steps also count what those
/// leave out, as the items of nested values that are compared, so that every evaluation ends.
/// </summary>
internal sealed class CelFrame(int slots, long limit)
{
    private const long StepsPerUnit = 2;

    private readonly long _stepLimit = limit > long.MaxValue / StepsPerUnit ? long.MaxValue : limit * StepsPerUnit;
    private long _steps;

    public CelValue[] Slots { get; } = new CelValue[slots];

    public long Cost { get; private set; }

    /// <summary>Adds to the cost.</summary>
    /// <exception cref="CelCostException">The limit is passed.</exception>
    public void Charge(long units)
    {
        Cost += units;
        if (Cost > limit)
        {
            throw new CelCostException();
        }
    }

    /// <summary>Counts what costs nothing in the units of the reference.</summary>
    /// <exception cref="CelCostException">It is far more than the limit of the cost.</exception>
    public void Step(long count = 1)
    {
        _steps += count;
        if (_steps > _stepLimit)
        {
            Cost = limit + 1;
            throw new CelCostException();
        }
    }

    /// <summary>The cost of going through a text or comparing two: a tenth of a unit for each element.</summary>
    public void ChargeTraversal(long size) => Charge((size + 9) / 10);
}
