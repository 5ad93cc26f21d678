using System.Runtime.InteropServices;

namespace KubeFed.ControllerRuntime.Controllers;

/// <summary>When a reconciler wants to see an object again. The default value is <see cref="Done"/>.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ReconcileResult
{
    private ReconcileResult(ReconcileOutcome outcome, TimeSpan delay)
    {
        Outcome = outcome;
        Delay = delay;
    }

    /// <summary>All is as it should be: come again when something changes. Past failures of the key are forgotten.</summary>
    public static ReconcileResult Done => default;

    /// <summary>
    /// Not there yet, for an expected reason that is no error: come again after the key's backoff, which grows with each such result.
    /// </summary>
    public static ReconcileResult Requeue => new(ReconcileOutcome.Requeue, TimeSpan.Zero);

    /// <summary>What kind of result this is.</summary>
    public ReconcileOutcome Outcome { get; }

    /// <summary>The wait of a <see cref="ReconcileOutcome.RequeueAfter"/>; zero otherwise.</summary>
    public TimeSpan Delay { get; }

    /// <summary>Come again after a time, or earlier if something changes. Past failures of the key are forgotten.</summary>
    /// <param name="delay">A delay that is not positive means at once.</param>
    public static ReconcileResult RequeueAfter(TimeSpan delay) => new(ReconcileOutcome.RequeueAfter, delay < TimeSpan.Zero ? TimeSpan.Zero : delay);
}
