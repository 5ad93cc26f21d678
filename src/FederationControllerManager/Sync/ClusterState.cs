using KubeFed.FederationControllerManager.Dispatch;
using KubeFed.FederationApis.Core.V1Alpha1;

namespace KubeFed.FederationControllerManager.Sync;

/// <summary>What is going on with one federated object in one cluster. Guarded by its <see cref="ObjectState"/>.</summary>
internal sealed class ClusterState
{
    /// <summary>The request that was handed out and has not ended, or null.</summary>
    public DispatchIntent? Outstanding { get; private set; }

    /// <summary>When the work that is still undone was begun (a timestamp); retries do not move it.</summary>
    public long Since { get; private set; }

    /// <summary>What the cluster was given last, by this process; null when only the recorded versions know.</summary>
    public ClusterObjectVersion? Version { get; set; }

    /// <summary>The last failure of the work that is still undone, or null.</summary>
    public FailedIntent? Failure { get; private set; }

    /// <summary>Notes a request that was handed out.</summary>
    public void HandOut(DispatchIntent intent, long now)
    {
        if (Outstanding is null && Failure?.IsOf(intent) != true)
        {
            Since = now;
            Failure = null;
        }

        Outstanding = intent;
    }

    /// <summary>Notes that a request ended well.</summary>
    public void Succeed()
    {
        Outstanding = null;
        Failure = null;
    }

    /// <summary>Notes that a request failed.</summary>
    public void Fail(DispatchIntent intent, DispatchOutcome outcome, long now, TimeProvider time)
    {
        Outstanding = null;
        var failures = Failure?.IsOf(intent) == true ? Failure.Count + 1 : 1;
        var delay = RetryDelays.After(outcome.Result, failures);
        Failure = new FailedIntent(intent.Action, intent.ContentHash, outcome.Result, outcome.Message, intent.Exists, failures, now + (long)(delay.TotalSeconds * time.TimestampFrequency));
    }

    /// <summary>Lets what failed be tried again at once.</summary>
    public void ForgetFailure() => Failure = null;
}
