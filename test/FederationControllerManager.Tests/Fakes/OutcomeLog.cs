using System.Collections.Concurrent;
using KubeFed.FederationControllerManager.Dispatch;

namespace KubeFed.FederationControllerManager.Tests.Fakes;

/// <summary>Notes outcomes.</summary>
internal sealed class OutcomeLog : IDispatchSink
{
    private readonly ConcurrentQueue<(DispatchIntent Intent, DispatchOutcome Outcome)> _outcomes = [];

    public IReadOnlyCollection<(DispatchIntent Intent, DispatchOutcome Outcome)> Outcomes => _outcomes;

    public void OnOutcome(string cluster, DispatchIntent intent, DispatchOutcome outcome) => _outcomes.Enqueue((intent, outcome));
}
