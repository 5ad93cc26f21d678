using KubeFed.ApiMachinery.Cel.Evaluation;
using KubeFed.ApiMachinery.Cel.Values;

namespace KubeFed.ApiMachinery.Cel;

/// <summary>A compiled expression. Immutable; safe to evaluate on many threads at a time.</summary>
public sealed class CelProgram
{
    private readonly CelNode _root;
    private readonly int _slots;
    private readonly HashSet<string> _used;

    internal CelProgram(string text, CelNode root, CelType resultType, int slots, HashSet<string> used)
    {
        Text = text;
        ResultType = resultType;
        _root = root;
        _slots = slots;
        _used = used;
    }

    /// <summary>The expression as it was written.</summary>
    public string Text { get; }

    /// <summary>The type of the result.</summary>
    public CelType ResultType { get; }

    /// <summary>Whether the expression reads a variable.</summary>
    public bool Reads(string variable) => _used.Contains(variable);

    /// <summary>Evaluates the expression.</summary>
    /// <param name="variables">The values in the order in which the environment declares them; those left out at the end are null.</param>
    /// <param name="costLimit">
    /// What the evaluation may cost, in the units of the reference implementation: about one for each operator, field and item looked at. It
    /// ends with the error <c>operation cancelled: actual cost limit exceeded</c> when it would cost more.
    /// </param>
    /// <param name="cost">What it did cost; more than the limit if it was ended.</param>
    /// <returns>The result; of kind <see cref="CelKind.Error"/> if evaluation failed. Nothing is thrown.</returns>
    public CelValue Evaluate(ReadOnlySpan<CelValue> variables, long costLimit, out long cost)
    {
        var frame = new CelFrame(Math.Max(_slots, variables.Length), costLimit);
        variables.CopyTo(frame.Slots);
        try
        {
            CelValue result = _root.Eval(frame);
            cost = frame.Cost;
            return result;
        }
        catch (CelCostException e)
        {
            cost = frame.Cost;
            return CelValue.Error(e.Message);
        }
    }
}
