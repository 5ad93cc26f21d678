using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.FederationApis;
using KubeFed.FederationApis.Core.V1Beta1;
using KubeFed.KubeClient.Dynamic;
using KubeFed.Kubefedctl.Cli;
using KubeFed.Kubefedctl.Clusters;
using KubeFed.Kubefedctl.Enable;
using KubeFed.Kubefedctl.Objects;

namespace KubeFed.Kubefedctl.Disable;

/// <summary>Stops the federation of a type.</summary>
internal sealed class Disabler(CommandContext context, DisableOptions options)
{
    private static readonly TimeSpan StopInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(10);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var host = context.ConnectHost();
        var name = await ConfigNameAsync(host, cancellationToken);
        var key = new NamespacedName(options.Namespace, name);
        var printer = new DisablePrinter(context.Environment.Out, key, options.DryRun);
        var config = await TypeConfigs.FindAsync(host, options.Namespace, name, cancellationToken);
        if (config is null)
        {
            printer.ConfigMissing();
        }

        var type = FederatedTypeOf(name, config);
        var api = await AggregatedApi.FindAsync(host, type.GroupVersion, context.Progress, cancellationToken);
        if (options.DeleteCrd)
        {
            await RefuseInstancesAsync(host, type, api, cancellationToken);
        }

        if (config is not null)
        {
            await StopAsync(host, key, config, printer, cancellationToken);
        }

        if (options.DeleteCrd && api is null)
        {
            await DeleteCrdAsync(host, type.GroupResource.ToString(), printer, cancellationToken);
        }

        if (config is not null && await host.Client.TryDeleteAsync(FederationResources.FederatedTypeConfigs, key, null, cancellationToken))
        {
            printer.ConfigDeleted();
            if (api is not null)
            {
                printer.TypeGone(type.GroupResource.ToString());
            }
        }
    }

    private async Task<string> ConfigNameAsync(ClusterConnection host, CancellationToken cancellationToken)
    {
        if (options.Name.Contains('.', StringComparison.Ordinal)
            || await TypeConfigs.FindAsync(host, options.Namespace, options.Name, cancellationToken) is not null)
        {
            return options.Name;
        }

        var type = await TypeLookup.FindAsync(host, options.Name, options.TargetVersion, cancellationToken);
        return type.Resource.GroupResource.ToString();
    }

    private GroupVersionResource FederatedTypeOf(string name, FederatedTypeConfig? config) =>
        config?.Spec.FederatedType.ToGroupVersionResource()
        ?? new GroupVersionResource(options.FederatedGroup, EnableOptions.DefaultFederatedVersion, KindNames.FederatedPlural(name.Split('.', 2)[0]));

    private static async Task RefuseInstancesAsync(
        ClusterConnection host, GroupVersionResource type, AggregatedApi? api, CancellationToken cancellationToken)
    {
        var version = api is null ? await ServedVersionAsync(host, type.GroupResource, cancellationToken) : type.Version;
        if (version is null)
        {
            return;
        }

        var page = await ListOneAsync(host, type with { Version = version }, cancellationToken);
        if (page.Count > 0)
        {
            throw new UserException(
                $"{host.Title} still has objects of {type.GroupResource}, for example \"{page[0]}\": delete them first, or leave --delete-crd out");
        }
    }

    /// <summary>A version that the host's CustomResourceDefinition serves the type in; null where there is none.</summary>
    private static async Task<string?> ServedVersionAsync(ClusterConnection host, GroupResource type, CancellationToken cancellationToken)
    {
        var crd = await host.Client.FindAsync(
            KubeResources.CustomResourceDefinitions, NamespacedName.Cluster(type.ToString()), null, cancellationToken);
        return (crd?.GetNode("spec", "versions") as JsonArray)?
            .FirstOrDefault(v => v?["served"]?.GetValue<bool>() == true)?["name"]?.GetValue<string>();
    }

    private static async Task<IReadOnlyList<NamespacedName>> ListOneAsync(
        ClusterConnection host, GroupVersionResource resource, CancellationToken cancellationToken)
    {
        try
        {
            var page = await host.Client.ListAsync(resource, null, new ListOptions { Limit = 1 }, cancellationToken);
            return [.. page.Items.Select(i => i.Key)];
        }
        catch (StatusException e) when (e.IsNotFound)
        {
            return [];
        }
    }

    private async Task StopAsync(
        ClusterConnection host, NamespacedName key, FederatedTypeConfig config, DisablePrinter printer, CancellationToken cancellationToken)
    {
        if (config.Spec.IsPropagationEnabled())
        {
            var patch = Patch.Merge(new JsonObject { ["spec"] = new JsonObject { ["propagation"] = FeatureMode.Disabled } });
            await host.Client.PatchAsync(
                FederationResources.FederatedTypeConfigs, key, patch, new WriteOptions { FieldManager = ObjectEnsurer.FieldManager }, cancellationToken);
            printer.PropagationDisabled();
        }
        else
        {
            printer.PropagationWasDisabled();
        }

        if (options.DryRun)
        {
            return;
        }

        printer.Verifying();
        _ = await Poll.UntilAsync(context.Time, StopInterval, StopTimeout, c => TryFindStoppedAsync(host, key, c), cancellationToken)
            ?? throw new UserException(
                $"{host.Title}: propagation of FederatedTypeConfig \"{key}\" is disabled, but its controller did not report within {StopTimeout.TotalSeconds:0} s that it stopped; check that the controller manager runs and disable again");
        printer.Stopped();
    }

    private static async Task<string?> TryFindStoppedAsync(ClusterConnection host, NamespacedName key, CancellationToken cancellationToken)
    {
        var now = await TypeConfigs.FindAsync(host, key.Namespace, key.Name, cancellationToken);
        var running = now?.Status?.PropagationController == ControllerStatus.Running;
        return running ? null : "stopped";
    }

    private static async Task DeleteCrdAsync(ClusterConnection host, string crd, DisablePrinter printer, CancellationToken cancellationToken)
    {
        if (await host.Client.TryDeleteAsync(KubeResources.CustomResourceDefinitions, NamespacedName.Cluster(crd), null, cancellationToken))
        {
            printer.CrdDeleted(crd);
        }
        else
        {
            printer.CrdMissing(crd);
        }
    }
}
