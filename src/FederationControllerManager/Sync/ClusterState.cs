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

    /// <summary>The UID of the object when it was last written, or empty when not known.</summary>
    public string Uid { get; set; } = "";

    /// <summary>The resourceVersion that the last write gave, or empty when not known.</summary>
    public string ResourceVersion { get; set; } = "";

    /// <summary>
    /// Whether a write was sent of which we do not know for certain that it made nothing. While it stands the object must be
    /// looked for before anybody says that the cluster holds none.
    /// </summary>
    public bool MayExist { get; private set; }

    /// <summary>Whether the cluster itself has said what it holds, since the state began.</summary>
    public bool IsCertain { get; private set; }

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

    /// <summary>Notes that a request was taken back before it began.</summary>
    public void TakeBack() => Outstanding = null;

    /// <summary>Notes that what was under way was lost with the connection.</summary>
    public void LoseConnection()
    {
        Doubt(Outstanding);
        Outstanding = null;
        Failure = null;
    }

    /// <summary>Notes that a write may have been carried out without our hearing of it.</summary>
    public void Doubt(DispatchIntent? intent)
    {
        if (intent?.Action is DispatchAction.Apply or DispatchAction.Create)
        {
            Doubt();
        }
    }

    /// <summary>Notes that nobody has looked whether the cluster holds the object.</summary>
    public void Doubt()
    {
        MayExist = true;
        IsCertain = false;
    }

    /// <summary>Notes that it is certain what the cluster holds.</summary>
    public void Settle()
    {
        MayExist = false;
        IsCertain = true;
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
        var before = Failure?.IsOf(intent) == true ? Failure : null;
        var failures = (before?.Count ?? 0) + 1;
        var retryAt = now + (long)(RetryDelays.After(outcome.Result, failures).TotalSeconds * time.TimestampFrequency);
        Failure = new FailedIntent(intent.Action, intent.ContentHash, outcome.Result, outcome.Message, intent.Exists, failures, retryAt);
    }

    /// <summary>Lets what failed be tried again at once.</summary>
    public void ForgetFailure() => Failure = null;
}
