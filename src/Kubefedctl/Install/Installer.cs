using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.FederationApis;
using KubeFed.FederationApis.Core.V1Beta1;
using KubeFed.KubeClient.Dynamic;
using KubeFed.Kubefedctl.Cli;
using KubeFed.Kubefedctl.Clusters;
using KubeFed.Kubefedctl.Objects;

namespace KubeFed.Kubefedctl.Install;

/// <summary>
/// Puts into the host what the control plane needs: namespace, CustomResourceDefinitions (unless the federation's own API server serves the
/// types), KubeFedConfig. May be run again at any time.
/// </summary>
internal sealed class Installer(CommandContext context, InstallOptions options)
{
    private static readonly WriteOptions Write = new() { FieldManager = ObjectEnsurer.FieldManager };

    private readonly InstallPrinter _printer = new(context.Environment.Out, options.DryRun);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var host = context.ConnectHost();
        var crds = await CrdsAsync(host, cancellationToken);
        if (options.PrintYaml)
        {
            _printer.Yaml([Namespace(), .. crds, Config()]);
            return;
        }

        var config = await FindConfigAsync(host, cancellationToken);
        await EnsureNamespaceAsync(host, cancellationToken);
        foreach (var crd in crds)
        {
            await ApplyAsync(host, crd, cancellationToken);
        }

        await WaitUntilServedAsync(host, crds, cancellationToken);
        if (config is null)
        {
            _printer.Created(await CreateConfigAsync(host, Config(), cancellationToken));
        }
        else
        {
            _printer.Unchanged(config);
        }
    }

    private async Task<IReadOnlyList<KubeObject>> CrdsAsync(ClusterConnection host, CancellationToken cancellationToken)
    {
        var version = await ReadVersionAsync(host, cancellationToken);
        var groupVersion = FederationResources.KubeFedConfigs.GroupVersion;
        if (await AggregatedApi.FindAsync(host, groupVersion, context.Progress, cancellationToken) is not { } api)
        {
            return HostCrds.For(version);
        }

        context.Progress.Note($"{groupVersion} is served by {api.Service}: no CustomResourceDefinitions are needed");
        return [];
    }

    private KubeObject Namespace() => KubeObject.FromNode(Manifest.Begin("v1", "Namespace", "", options.Namespace));

    private KubeObject Config()
    {
        var config = Manifest.Begin(FederationGroups.CoreV1Beta1, "KubeFedConfig", options.Namespace, FederationNames.KubeFedConfig);
        config["spec"] = new JsonObject { ["scope"] = options.Scope.Length > 0 ? options.Scope : ResourceScopes.Cluster };
        return KubeObject.FromNode(config);
    }

    private static async Task<string> ReadVersionAsync(ClusterConnection host, CancellationToken cancellationToken)
    {
        var (code, body) = await host.Client.GetPathAsync("/version", cancellationToken);
        if (code != 200)
        {
            throw new UserException($"{host.Title} answered {code} when asked for its version; check that the address is a Kubernetes API server");
        }

        try
        {
            return JsonNode.Parse(body)?["gitVersion"]?.GetValue<string>()
                ?? throw new UserException($"{host.Title} does not tell its version; check that the address is a Kubernetes API server");
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or InvalidOperationException)
        {
            throw new UserException($"{host.Title} tells no readable version; check that the address is a Kubernetes API server", e);
        }
    }

    private async Task EnsureNamespaceAsync(ClusterConnection host, CancellationToken cancellationToken)
    {
        var wanted = Namespace();
        if (await host.Client.FindAsync(KubeResources.Namespaces, wanted.Key, null, cancellationToken) is { } found)
        {
            _printer.Unchanged(found);
            return;
        }

        _printer.Created(await host.Client.CreateAsync(KubeResources.Namespaces, wanted, Write, cancellationToken));
    }

    private async Task ApplyAsync(ClusterConnection host, KubeObject crd, CancellationToken cancellationToken)
    {
        var resource = KubeResources.CustomResourceDefinitions;
        var found = await host.Client.FindAsync(resource, crd.Key, null, cancellationToken);
        var applied = await host.Client.ApplyAsync(
            resource, crd.Key, crd.Utf8Json, new ApplyOptions { FieldManager = ObjectEnsurer.FieldManager, Force = true }, cancellationToken);
        if (found is null)
        {
            _printer.Created(crd);
        }
        else if (found.Metadata.Generation == applied.Metadata.Generation)
        {
            _printer.Unchanged(crd);
        }
        else
        {
            _printer.Updated(crd);
        }
    }

    private async Task WaitUntilServedAsync(ClusterConnection host, IReadOnlyList<KubeObject> crds, CancellationToken cancellationToken)
    {
        if (options.DryRun)
        {
            return;
        }

        foreach (var crd in crds)
        {
            await CrdReadiness.WaitAsync(host, crd, context.Time, cancellationToken);
        }

        host.Mapper.Invalidate();
    }

    /// <summary>The present KubeFedConfig, or null; read before anything is written, since its scope may be a reason to refuse.</summary>
    private async Task<KubeObject?> FindConfigAsync(ClusterConnection host, CancellationToken cancellationToken)
    {
        var found = await host.Client.FindAsync(FederationResources.KubeFedConfigs, Config().Key, null, cancellationToken);
        var scope = found?.GetString("spec", "scope");
        return found is null || options.Scope.Length == 0 || scope == options.Scope
            ? found
            : throw new UserException(
                $"{host.Title}: KubeFedConfig \"{found.Key}\" has the scope {scope}, which cannot be changed to {options.Scope}; delete it first if no cluster is joined, or leave --scope out");
    }

    /// <summary>A server may answer 404 for a moment after it established the type.</summary>
    private async Task<KubeObject> CreateConfigAsync(ClusterConnection host, KubeObject wanted, CancellationToken cancellationToken) =>
        await Poll.UntilAsync(
            context.Time,
            Poll.Interval,
            Poll.Timeout,
            async c =>
            {
                try
                {
                    return await host.Client.CreateAsync(FederationResources.KubeFedConfigs, wanted, Write, c);
                }
                catch (StatusException e) when (e.IsNotFound)
                {
                    return null;
                }
            },
            cancellationToken)
        ?? throw new UserException($"{host.Title} does not serve {FederationResources.KubeFedConfigs.GroupResource} yet; run \"kubefedctl install\" again");
}
