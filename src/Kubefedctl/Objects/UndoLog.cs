using KubeFed.Kubefedctl.Cli;

namespace KubeFed.Kubefedctl.Objects;

/// <summary>
/// Remembers what a command made, so that a failure midway leaves nothing behind. Undoing runs in reverse order, goes on
/// past failures, and says what it did and what it could not do. In a dry run there is nothing to undo.
/// </summary>
internal sealed class UndoLog(Progress progress)
{
    private readonly List<UndoStep> _steps = [];

    /// <summary>Names this run of the command; objects that it makes carry it, which tells them from others of their name.</summary>
    public string Run { get; } = Guid.NewGuid().ToString("N");

    /// <summary>Remembers a step. It is noted before the thing is done, so that it also covers an answer that never comes.</summary>
    public void Add(UndoStep step) => _steps.Add(step);

    /// <summary>Forgets a step whose thing was not done after all.</summary>
    public void Remove(UndoStep step) => _steps.Remove(step);

    /// <summary>
    /// Runs an action and takes back everything noted meanwhile when it fails. The taking back has a bound of its own,
    /// so that it also works after an interrupt.
    /// </summary>
    public async Task GuardAsync(Func<Task> action, TimeProvider time, TimeSpan undoTimeout)
    {
        try
        {
            await action();
        }
        catch when (!progress.IsDryRun)
        {
            using var bound = new CancellationTokenSource(undoTimeout, time);
            await UndoAsync(bound.Token);
            throw;
        }
    }

    private async Task UndoAsync(CancellationToken cancellationToken)
    {
        if (_steps.Count > 0)
        {
            progress.Note("Failed; undoing what was made:");
        }

        for (var i = _steps.Count - 1; i >= 0; i--)
        {
            await UndoAsync(_steps[i], cancellationToken);
        }

        _steps.Clear();
    }

    private async Task UndoAsync(UndoStep step, CancellationToken cancellationToken)
    {
        try
        {
            progress.Note($"  {step.What} {await step.UndoAsync(cancellationToken)}");
        }
#pragma warning disable CA1031 // The other steps are still to be tried, and the first failure is the one to report.
        catch (Exception e)
#pragma warning restore CA1031
        {
            progress.Warn($"{step.What} {step.Failed}: {ErrorText.Describe(e)}");
        }
    }
}
