using System.Globalization;
using KubeFed.Kubefedctl.Cli;
using KubeFed.Kubefedctl.Clusters;

namespace KubeFed.Kubefedctl.Join;

/// <summary>What <c>join</c> tells, all on stderr.</summary>
internal sealed class JoinPrinter(Progress progress)
{
    public void Started(string cluster, ClusterConnection member, ClusterConnection host)
    {
        progress.Note($"Joining \"{cluster}\", {member.Title}, to {host.Title}:");
        if (member.Endpoint.TlsServerName.Length > 0)
        {
            progress.Warn("the context's tls-server-name cannot be kept in a KubeFedCluster: the control plane will expect the server's address in its certificate");
        }

        if (member.Endpoint.HasProxyCredentials)
        {
            progress.Warn($"the user name and password of the proxy {member.Endpoint.WithoutProxyCredentials().ProxyUrl} are not kept in a KubeFedCluster, which others may read: the control plane will use the proxy without them");
        }
    }

    public void TokenAccepted(DateTimeOffset? expires) => progress.Note(expires is { } at
        ? $"  member: token issued until {at.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC, tried and accepted"
        : "  member: token without end issued, tried and accepted");

    public void TokenSkipped() => progress.Done("  member: token issued");

    public void Finished(string cluster) => progress.Done($"Cluster \"{cluster}\" joined");
}
