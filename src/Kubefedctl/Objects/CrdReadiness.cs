using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Objects;
using KubeFed.Kubefedctl.Cli;
using KubeFed.Kubefedctl.Clusters;

namespace KubeFed.Kubefedctl.Objects;

/// <summary>Waits for a CustomResourceDefinition to be served.</summary>
internal static class CrdReadiness
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    /// <summary>Returns when the definition is Established.</summary>
    /// <exception cref="UserException">Its names are taken, or it was not established in time.</exception>
    public static async Task WaitAsync(ClusterConnection host, KubeObject crd, TimeProvider time, CancellationToken cancellationToken) =>
        _ = await Poll.UntilAsync(time, Interval, Poll.Timeout, c => TryFindEstablishedAsync(host, crd, c), cancellationToken)
            ?? throw new UserException(
                $"{host.Title} did not establish {crd.Title()} within {Poll.Timeout.TotalSeconds:0} s; see its conditions with \"kubectl describe crd {crd.Metadata.Name}\"");

    private static async Task<string?> TryFindEstablishedAsync(ClusterConnection host, KubeObject crd, CancellationToken cancellationToken)
    {
        var now = await host.Client.GetAsync(KubeResources.CustomResourceDefinitions, crd.Key, null, cancellationToken);
        var conditions = now.GetNode("status", "conditions") as JsonArray ?? [];
        foreach (var condition in conditions)
        {
            switch ((string?)condition?["type"], (string?)condition?["status"])
            {
                case ("Established", "True"):
                    return "established";
                case ("NamesAccepted", "False"):
                    throw new UserException($"{host.Title} does not accept {crd.Title()}: {(string?)condition?["message"]}");
            }
        }

        return null;
    }
}
