using System.Collections.Concurrent;
using KubeFed.ControllerRuntime.Controllers;

namespace KubeFed.ControllerRuntime.Tests.Controllers;

/// <summary>A reconciler made of a function, which counts the calls of each key and the most that ran at once.</summary>
internal sealed class FuncReconciler(Func<string, int, CancellationToken, Task<ReconcileResult>> reconcile) : IReconciler<string>
{
    private readonly ConcurrentDictionary<string, int> _calls = new();
    private readonly Lock _lock = new();
    private int _running;

    public int MostRunning { get; private set; }

    public int Calls(string key) => _calls.GetValueOrDefault(key);

    public async Task<ReconcileResult> ReconcileAsync(string key, CancellationToken cancellationToken)
    {
        var call = _calls.AddOrUpdate(key, 1, (_, calls) => calls + 1);
        lock (_lock)
        {
            MostRunning = Math.Max(MostRunning, ++_running);
        }

        try
        {
            return await reconcile(key, call, cancellationToken);
        }
        finally
        {
            lock (_lock)
            {
                _running--;
            }
        }
    }
}
