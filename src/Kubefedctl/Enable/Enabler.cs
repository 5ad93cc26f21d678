using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.FederationApis;
using KubeFed.KubeClient.Discovery;
using KubeFed.KubeClient.Dynamic;
using KubeFed.Kubefedctl.Cli;
using KubeFed.Kubefedctl.Clusters;
using KubeFed.Kubefedctl.Objects;
using FederatedApiResource = KubeFed.FederationApis.Core.V1Beta1.ApiResource;

namespace KubeFed.Kubefedctl.Enable;

/// <summary>
/// Makes a type federated: a FederatedTypeConfig, and its federated type as a CustomResourceDefinition unless the federation's own API server
/// makes the type of the FederatedTypeConfig.
/// </summary>
internal sealed class Enabler(CommandContext context, EnableOptions options, TextWriter output)
{
    private const int MostConflicts = 5;

    private static readonly TimeSpan UndoTimeout = TimeSpan.FromSeconds(30);
    private static readonly WriteOptions Write = new() { FieldManager = ObjectEnsurer.FieldManager };

    private readonly EnablePrinter _printer = new(output, context.Settings.DryRun);

    /// <summary>Enables the type, or only prints what would be written.</summary>
    public async Task RunAsync(bool printYaml, CancellationToken cancellationToken)
    {
        var host = context.ConnectHost();
        var type = await TypeLookup.FindAsync(host, options.Name, options.TargetVersion, cancellationToken);
        if (printYaml)
        {
            var made = await MakeAsync(host, type, await FindApiAsync(host, cancellationToken), cancellationToken);
            _printer.Yaml(made.ConfigObject, made.Crd);
            return;
        }

        await EnableAsync(host, type, cancellationToken);
    }

    /// <summary>Enables a type that was found and returns its federated type, which is served by then.</summary>
    public async Task<FederatedApiResource> EnableAsync(ClusterConnection host, ApiResource type, CancellationToken cancellationToken)
    {
        var api = await FindApiAsync(host, cancellationToken);
        var made = await MakeAsync(host, type, api, cancellationToken);
        await CheckAsync(host, made, cancellationToken);
        var undo = new UndoLog(context.Progress);
        await undo.GuardAsync(
            async () =>
            {
                if (made.Crd is { } crd)
                {
                    await WriteCrdAsync(host, crd, undo, cancellationToken);
                    await WaitUntilServedAsync(host, crd, cancellationToken);
                }

                await WriteConfigAsync(host, made.ConfigObject, undo, cancellationToken);
                if (api is not null)
                {
                    await WaitUntilServedAsync(host, made.Config.Spec.FederatedType, api, cancellationToken);
                }
            },
            context.Time,
            UndoTimeout);
        return made.Config.Spec.FederatedType;
    }

    private Task<AggregatedApi?> FindApiAsync(ClusterConnection host, CancellationToken cancellationToken) =>
        AggregatedApi.FindAsync(host, new GroupVersion(options.FederatedGroup, options.FederatedVersion), context.Progress, cancellationToken);

    private async Task<FederatedTypeObjects> MakeAsync(
        ClusterConnection host, ApiResource type, AggregatedApi? api, CancellationToken cancellationToken)
    {
        bool? hasReplicas = api is null ? await ReplicasField.IsInAsync(host, type, cancellationToken) : null;
        return FederatedTypeObjects.Make(type, hasReplicas, options);
    }

    private async Task CheckAsync(ClusterConnection host, FederatedTypeObjects made, CancellationToken cancellationToken)
    {
        if (await host.Client.FindAsync(KubeResources.Namespaces, NamespacedName.Cluster(options.Namespace), null, cancellationToken) is null)
        {
            throw new UserException(
                $"{host.Title} has no namespace \"{options.Namespace}\": run \"kubefedctl install\" there first, or name the right one with --kubefed-namespace");
        }

        if (await host.Mapper.FindResourceAsync(FederationResources.FederatedTypeConfigs, cancellationToken) is null)
        {
            throw new UserException($"{host.Title} does not serve {FederationGroups.Core}: run \"kubefedctl install\" there first");
        }

        var existing = await TypeConfigs.FindAsync(host, options.Namespace, made.Config.Metadata.Name, cancellationToken);
        EnableConflicts.CheckSame(host, existing, made.Config);
        EnableConflicts.CheckOthers(host, await TypeConfigs.ListAsync(host, options.Namespace, cancellationToken), made.Config);
    }

    private async Task WriteCrdAsync(ClusterConnection host, KubeObject crd, UndoLog undo, CancellationToken cancellationToken)
    {
        var created = await TryCreateAsync(host, KubeResources.CustomResourceDefinitions, crd, undo, cancellationToken);
        if (!created)
        {
            await ReplaceSpecAsync(host, crd, cancellationToken);
        }

        _printer.CrdWritten(crd, created);
    }

    /// <summary>False: one of that name exists.</summary>
    private async Task<bool> TryCreateAsync(
        ClusterConnection host, GroupVersionResource resource, KubeObject value, UndoLog undo, CancellationToken cancellationToken)
    {
        try
        {
            await new UndoableCreator(host, undo, context.Time).CreateAsync(resource, value, "", cancellationToken);
            return true;
        }
        catch (StatusException e) when (e.IsAlreadyExists)
        {
            return false;
        }
    }

    private static async Task ReplaceSpecAsync(ClusterConnection host, KubeObject crd, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            var found = await host.Client.GetAsync(KubeResources.CustomResourceDefinitions, crd.Key, null, cancellationToken);
            var merged = found.ToNode();
            merged["spec"] = crd.GetNode("spec");
            try
            {
                await host.Client.UpdateAsync(KubeResources.CustomResourceDefinitions, KubeObject.FromNode(merged), Write, cancellationToken);
                return;
            }
            catch (StatusException e) when (e.IsConflict && tries < MostConflicts)
            {
                continue;
            }
        }
    }

    private async Task WriteConfigAsync(ClusterConnection host, KubeObject config, UndoLog undo, CancellationToken cancellationToken)
    {
        var created = await TryCreateAsync(host, FederationResources.FederatedTypeConfigs, config, undo, cancellationToken);
        if (!created)
        {
            var patch = Patch.Merge(new JsonObject { ["spec"] = config.GetNode("spec") });
            await host.Client.PatchAsync(FederationResources.FederatedTypeConfigs, config.Key, patch, Write, cancellationToken);
        }

        _printer.ConfigWritten(config, created);
    }

    private async Task WaitUntilServedAsync(ClusterConnection host, KubeObject crd, CancellationToken cancellationToken)
    {
        if (context.Settings.DryRun)
        {
            return;
        }

        await CrdReadiness.WaitAsync(host, crd, context.Time, cancellationToken);
        host.Mapper.Invalidate();
    }

    private async Task WaitUntilServedAsync(
        ClusterConnection host, FederatedApiResource federatedType, AggregatedApi api, CancellationToken cancellationToken)
    {
        if (!context.Settings.DryRun)
        {
            await api.WaitAsync(host, federatedType.PluralName, context.Time, cancellationToken);
        }

        _printer.Served(federatedType, api);
    }
}
