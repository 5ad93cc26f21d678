using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiMachinery.Yaml;
using KubeFed.FederationApis.Core.V1Beta1;
using KubeFed.Kubefedctl.Cli;
using KubeFed.Kubefedctl.Clusters;
using KubeFed.Kubefedctl.Enable;
using KubeFed.Kubefedctl.Objects;
using ApiResource = KubeFed.KubeClient.Discovery.ApiResource;
using FederatedApiResource = KubeFed.FederationApis.Core.V1Beta1.ApiResource;

namespace KubeFed.Kubefedctl.Federate;

/// <summary>Makes federated objects of an object that lives on the host, and of what a namespace holds.</summary>
internal sealed class Federator(CommandContext context, FederateOptions options)
{
    private static readonly GroupResource Namespaces = new("", "namespaces");

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var host = context.ConnectHost();
        var type = await TypeLookup.FindAsync(host, options.Type, "", cancellationToken);
        if (options.Contents && type.Resource.GroupResource != Namespaces)
        {
            throw new UserException($"--contents is of namespaces, not of {type.Resource.GroupResource}: leave it out, or name a namespace");
        }

        var live = await NamedObject.ReadAsync(host, type, options.Namespace, options.Name, cancellationToken);
        var enabled = await EnabledAsync(host, type, cancellationToken);
        var sources = await SourcesAsync(host, new FederateSource(type, live), enabled, cancellationToken);
        var types = await new FederatedTypes(context, options).ResolveAsync(
            host, [.. sources.Select(static s => s.Type).Distinct()], enabled, cancellationToken);
        var made = sources.Select(s => (Source: s, Federated: Make(s, types[s.Type.Resource.GroupResource]))).ToArray();
        if (options.PrintYaml)
        {
            var text = KubeYaml.WriteDocuments(made.Select(static m => m.Federated.ToNode()));
            await context.Environment.Out.WriteAsync(text.AsMemory(), cancellationToken);
            return;
        }

        await CreateAsync(host, made, types, cancellationToken);
    }

    /// <summary>The types that are enabled: all of them for contents, else the one in question.</summary>
    private async Task<IReadOnlyList<FederatedTypeConfig>> EnabledAsync(
        ClusterConnection host, ApiResource type, CancellationToken cancellationToken)
    {
        if (options.Contents)
        {
            return await TypeConfigs.ListAsync(host, options.KubeFedNamespace, cancellationToken);
        }

        return await TypeConfigs.FindAsync(host, options.KubeFedNamespace, type.Resource.GroupResource.ToString(), cancellationToken) is { } config
            ? [config]
            : [];
    }

    private async Task<IReadOnlyList<FederateSource>> SourcesAsync(
        ClusterConnection host, FederateSource first, IReadOnlyList<FederatedTypeConfig> enabled, CancellationToken cancellationToken)
    {
        if (!options.Contents)
        {
            return [first];
        }

        var types = await ContentTypes.ListAsync(host, enabled, new SkipList(options.SkipApiResources), context.Progress, cancellationToken);
        var contents = await new ContentReader(host, context.Progress).ReadAsync(types, first.Live.Metadata.Name, cancellationToken);
        return [first, .. contents];
    }

    private KubeObject Make(FederateSource source, FederatedApiResource federatedType)
    {
        FederatedTemplate.WarnOfAnnotations(source.Live, context.Progress);
        return FederatedTemplate.Create(source.Live, federatedType);
    }

    private async Task CreateAsync(
        ClusterConnection host,
        (FederateSource Source, KubeObject Federated)[] made,
        IReadOnlyDictionary<GroupResource, FederatedApiResource> types,
        CancellationToken cancellationToken)
    {
        var creator = new FederatedCreator(context, host);
        var existing = new List<KubeObject>();
        foreach (var (source, federated) in made)
        {
            var type = source.Type.Resource.GroupResource;
            if (!await creator.TryCreateAsync(types[type].ToGroupVersionResource(), federated, type, cancellationToken))
            {
                existing.Add(federated);
            }
        }

        if (existing is [var only] && made.Length == 1)
        {
            throw new UserException($"{host.Title}: {only.Title()} exists already{FederatedCreator.In(only)}; edit it instead, or delete it first");
        }

        if (existing.Count > 0)
        {
            throw new UserException(
                $"{host.Title}: {existing.Count} of {made.Length} federated objects existed already and were left as they are ({string.Join(", ", existing.Select(static e => e.Title()))}); the others were created");
        }
    }
}
