using KubeFed.ApiMachinery.Errors;
using KubeFed.Kubefedctl.Cli;

namespace KubeFed.Kubefedctl.Objects;

/// <summary>
/// Remembers what a command made, so that a failure midway leaves nothing behind. Undoing runs in reverse order, goes on
/// past failures, and says what it could not remove.
/// </summary>
internal sealed class UndoLog(Progress progress)
{
    private readonly Stack<(string What, Func<CancellationToken, Task> Undo)> _steps = new();

    /// <summary>Remembers how to take one thing back; <paramref name="what"/> is its name in messages.</summary>
    public void Add(string what, Func<CancellationToken, Task> undo) => _steps.Push((what, undo));

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
        catch
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

        while (_steps.TryPop(out var step))
        {
            try
            {
                await step.Undo(cancellationToken);
                progress.Done($"  {step.What} deleted");
            }
            catch (Exception e) when (e is StatusException or HttpRequestException or OperationCanceledException)
            {
                progress.Warn($"{step.What} could not be deleted and stays: {ErrorText.Describe(e)}");
            }
        }
    }
}
