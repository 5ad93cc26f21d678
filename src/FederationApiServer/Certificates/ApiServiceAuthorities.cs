using System.Text;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.KubeClient.Certificates;
using KubeFed.KubeClient.Dynamic;
using Microsoft.Extensions.Logging;

namespace KubeFed.FederationApiServer.Certificates;

/// <summary>Publishes authorities in the <c>caBundle</c> of APIServices.</summary>
internal sealed class ApiServiceAuthorities(IDynamicClient host, IReadOnlyList<string> names, ILogger logger) : IAuthorityPublisher
{
    private static readonly GroupVersionResource ApiServices = new("apiregistration.k8s.io", "v1", "apiservices");
    private static readonly WriteOptions Write = new() { FieldManager = HostCertificate.FieldManager };

    /// <inheritdoc/>
    public async Task<bool> PublishAsync(string bundle, CancellationToken cancellationToken)
    {
        var encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(bundle));
        var isEverywhere = true;
        foreach (var name in names)
        {
            var service = await host.FindAsync(ApiServices, NamespacedName.Cluster(name), null, cancellationToken);
            isEverywhere &= service is not null;
            if (service is not null && service.GetString("spec", "caBundle") != encoded)
            {
                var patch = Patch.Merge(new JsonObject { ["spec"] = new JsonObject { ["caBundle"] = encoded } });
                await host.PatchAsync(ApiServices, service.Key, patch, Write, cancellationToken);
                HostCertificateLog.Published(logger, name);
            }
        }

        return isEverywhere;
    }
}
