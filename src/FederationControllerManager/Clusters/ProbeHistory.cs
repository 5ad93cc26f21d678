namespace KubeFed.FederationControllerManager.Clusters;

/// <summary>
/// Turns single probes into a steady state: a ready cluster turns not ready after <c>failureThreshold</c> bad probes in a row,
/// one that is not turns ready after <c>successThreshold</c> good ones in a row. The first probe counts as it is.
/// </summary>
/// <param name="Accepted">The probe whose result stands, or null before the first.</param>
/// <param name="Against">How many probes in a row have spoken against it.</param>
internal sealed record ProbeHistory(Probe? Accepted, int Against)
{
    public static ProbeHistory Empty { get; } = new(null, 0);

    /// <summary>The history after one more probe.</summary>
    public ProbeHistory Add(Probe probe, long failureThreshold, long successThreshold)
    {
        if (Accepted is not { } accepted || accepted.IsReady == probe.IsReady)
        {
            return new ProbeHistory(probe, 0);
        }

        var against = Against + 1;
        var threshold = probe.IsReady ? successThreshold : failureThreshold;
        return against >= threshold ? new ProbeHistory(probe, 0) : this with { Against = against };
    }
}
