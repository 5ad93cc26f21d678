using System.Text;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.FederationApis;
using KubeFed.KubeClient.Certificates;
using KubeFed.KubeClient.Dynamic;
using Microsoft.Extensions.Logging;

namespace KubeFed.FederationControllerManager.Webhooks;

/// <summary>Publishes authorities in the <c>caBundle</c> of every webhook of a ValidatingWebhookConfiguration.</summary>
internal sealed class WebhookAuthorities(IDynamicClient host, string configuration, ILogger logger) : IAuthorityPublisher
{
    private static readonly GroupVersionResource Configurations = new("admissionregistration.k8s.io", "v1", "validatingwebhookconfigurations");
    private static readonly WriteOptions Write = new() { FieldManager = FederationNames.FieldManager };

    /// <inheritdoc/>
    public async Task<bool> PublishAsync(string bundle, CancellationToken cancellationToken)
    {
        if (await host.FindAsync(Configurations, NamespacedName.Cluster(configuration), null, cancellationToken) is not { } stored)
        {
            return false;
        }

        var operations = Operations(stored, Convert.ToBase64String(Encoding.UTF8.GetBytes(bundle)));
        if (operations.Count > 0)
        {
            var patch = new Patch(PatchType.Json, Encoding.UTF8.GetBytes(operations.ToJsonString()));
            await host.PatchAsync(Configurations, stored.Key, patch, Write, cancellationToken);
            WebhookLog.Published(logger, configuration);
        }

        return true;
    }

    /// <summary>Sets the bundle where another is; fails where the webhooks are others by then.</summary>
    private static JsonArray Operations(KubeObject stored, string bundle)
    {
        var operations = new JsonArray();
        var webhooks = stored.GetNode("webhooks") as JsonArray ?? [];
        for (var i = 0; i < webhooks.Count; i++)
        {
            if ((string?)webhooks[i]!["clientConfig"]!["caBundle"] != bundle)
            {
                operations.Add(new JsonObject { ["op"] = "test", ["path"] = $"/webhooks/{i}/name", ["value"] = (string?)webhooks[i]!["name"] });
                operations.Add(new JsonObject { ["op"] = "add", ["path"] = $"/webhooks/{i}/clientConfig/caBundle", ["value"] = bundle });
            }
        }

        return operations;
    }
}
