namespace KubeFed.FederationControllerManager.Dispatch;

/// <summary>Hears of the outcomes of the intents it handed out.</summary>
internal interface IDispatchSink
{
    /// <summary>
    /// Called once for every intent that was begun, from a worker of the member; must not block. An intent that a later one
    /// replaced, or that was withdrawn, has no outcome.
    /// </summary>
    void OnOutcome(string cluster, DispatchIntent intent, DispatchOutcome outcome);
}
