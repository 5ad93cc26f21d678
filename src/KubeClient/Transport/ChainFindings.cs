using System.Security.Cryptography.X509Certificates;

namespace KubeFed.KubeClient.Transport;

/// <summary>
/// What building a chain found. Platforms differ in where they say what is wrong: with a certificate, with the chain as a whole, or by
/// giving no chain; none of these may be passed over.
/// </summary>
internal static class ChainFindings
{
    /// <summary>The statuses, each with the certificate it is about: for those of the whole chain, the last one.</summary>
    /// <returns>Null where the platform refused without a status: there is nothing to weigh.</returns>
    public static IReadOnlyList<(X509Certificate2 Certificate, X509ChainStatus Status)>? Collect(
        bool isBuilt, IReadOnlyList<(X509Certificate2 Certificate, X509ChainStatus[] Statuses)> elements, X509ChainStatus[] whole)
    {
        if (elements.Count == 0)
        {
            return null;
        }

        var found = elements.SelectMany(e => e.Statuses.Select(status => (e.Certificate, status))).ToList();
        var said = found.Aggregate(X509ChainStatusFlags.NoError, (all, f) => all | f.status.Status);
        found.AddRange(whole.Where(status => (status.Status & ~said) != X509ChainStatusFlags.NoError).Select(status => (elements[^1].Certificate, status)));
        return isBuilt || found.Exists(f => f.status.Status != X509ChainStatusFlags.NoError) ? found : null;
    }
}
