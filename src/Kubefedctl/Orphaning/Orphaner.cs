using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.FederationApis;
using KubeFed.KubeClient.Discovery;
using KubeFed.Kubefedctl.Cli;
using KubeFed.Kubefedctl.Clusters;
using KubeFed.Kubefedctl.Enable;
using KubeFed.Kubefedctl.Objects;

namespace KubeFed.Kubefedctl.Orphaning;

/// <summary>Reads and writes the annotation that makes the deletion of a federated object leave its copies.</summary>
internal sealed class Orphaner(CommandContext context, OrphaningOptions options)
{
    private const string Orphans = "true";
    private const string FederatedPrefix = "Federated";

    public async Task RunAsync(OrphaningAction action, CancellationToken cancellationToken)
    {
        var host = context.ConnectHost();
        var type = await TypeLookup.FindAsync(host, options.Type, "", cancellationToken);
        if (!type.Kind.Kind.StartsWith(FederatedPrefix, StringComparison.Ordinal))
        {
            context.Progress.Warn($"{type.Resource.GroupResource} is no federated type: the annotation has no effect on its objects");
        }

        var found = await NamedObject.ReadAsync(host, type, options.Namespace, options.Name, cancellationToken);
        var isEnabled = found.Metadata.Annotations.TryGetValue(FederationAnnotations.Orphan, out var value) && value == Orphans;
        if (action == OrphaningAction.Status)
        {
            await context.Environment.Out.WriteLineAsync(isEnabled ? "Enabled" : "Disabled");
            return;
        }

        await SetAsync(host, type, found, isEnabled, action == OrphaningAction.Enable, cancellationToken);
    }

    private async Task SetAsync(
        ClusterConnection host, ApiResource type, KubeObject found, bool isEnabled, bool enable, CancellationToken cancellationToken)
    {
        var outcome = $"orphaning deletion {(enable ? "enabled" : "disabled")}";
        if (isEnabled == enable)
        {
            context.Progress.Note($"{found.Title()}: {outcome} already");
            return;
        }

        var annotations = new JsonObject { [FederationAnnotations.Orphan] = enable ? Orphans : null };
        await host.Client.PatchAsync(
            type.Resource,
            found.Key,
            Patch.Merge(new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = annotations } }),
            new WriteOptions { FieldManager = ObjectEnsurer.FieldManager },
            cancellationToken);
        context.Progress.Done($"{found.Title()}: {outcome}");
    }
}
