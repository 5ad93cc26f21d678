using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiMachinery.Yaml;
using KubeFed.FederationApis;
using KubeFed.KubeClient.Discovery;
using KubeFed.KubeClient.Dynamic;
using KubeFed.Kubefedctl.Cli;
using KubeFed.Kubefedctl.Clusters;
using KubeFed.Kubefedctl.Enable;
using KubeFed.Kubefedctl.Objects;
using FederatedApiResource = KubeFed.FederationApis.Core.V1Beta1.ApiResource;

namespace KubeFed.Kubefedctl.Federate;

/// <summary>Makes the federated object of an object that lives on the host.</summary>
internal sealed class Federator(CommandContext context, FederateOptions options)
{
    private static readonly TimeSpan ServedInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ServedTimeout = TimeSpan.FromSeconds(10);

    /// <summary>What tools and controllers keep for themselves: nobody misses it in a template.</summary>
    private static readonly string[] ToolAnnotations = ["kubectl.kubernetes.io/last-applied-configuration", "deployment.kubernetes.io/revision"];

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var host = context.ConnectHost();
        var type = await TypeLookup.FindAsync(host, options.Type, "", cancellationToken);
        var live = await ReadAsync(host, type, cancellationToken);
        var federatedType = await FederatedTypeAsync(host, type, cancellationToken);
        var federated = FederatedTemplate.Create(live, $"{federatedType.Group}/{federatedType.Version}", federatedType.Kind);
        WarnOfAnnotations(live);
        if (options.PrintYaml)
        {
            await context.Environment.Out.WriteAsync(KubeYaml.Write(federated.ToNode()).AsMemory(), cancellationToken);
            return;
        }

        await CreateAsync(host, federatedType.ToGroupVersionResource(), federated, cancellationToken);
        context.Progress.Done($"{federated.Title()} created{In(federated)}");
    }

    private async Task<KubeObject> ReadAsync(ClusterConnection host, ApiResource type, CancellationToken cancellationToken)
    {
        var @namespace = options.Namespace.Length > 0 ? options.Namespace : host.DefaultNamespace;
        var key = new NamespacedName(type.Scope == ResourceScope.Namespaced ? @namespace : "", options.Name);
        return await host.Client.FindAsync(type.Resource, key, null, cancellationToken)
            ?? throw new UserException(
                $"{host.Title} has no {type.Resource.GroupResource} \"{key}\"{(key.IsClusterScoped ? "" : "; name its namespace with -n")}");
    }

    private async Task<FederatedApiResource> FederatedTypeAsync(ClusterConnection host, ApiResource type, CancellationToken cancellationToken)
    {
        var name = type.Resource.GroupResource.ToString();
        if (await TypeConfigs.FindAsync(host, options.KubeFedNamespace, name, cancellationToken) is { } config)
        {
            return config.Spec.FederatedType;
        }

        if (options.EnableType)
        {
            var enable = new EnableOptions { Name = name, Namespace = options.KubeFedNamespace };
            return await new Enabler(context, enable, context.Environment.Error).EnableAsync(host, type, cancellationToken);
        }

        return options.PrintYaml
            ? Default(type)
            : throw new UserException(
                $"{host.Title}: the type {name} is not enabled in namespace \"{options.KubeFedNamespace}\"; run \"kubefedctl enable {name}\" first, or pass --enable-type");
    }

    private static FederatedApiResource Default(ApiResource type) => new()
    {
        Group = FederationGroups.Types,
        Version = EnableOptions.DefaultFederatedVersion,
        Kind = KindNames.FederatedKind(type.Kind.Kind),
        PluralName = KindNames.FederatedPlural(type.Resource.Resource),
    };

    private void WarnOfAnnotations(KubeObject live)
    {
        var left = live.Metadata.Annotations.Keys.Except(ToolAnnotations, StringComparer.Ordinal).ToArray();
        if (left.Length > 0)
        {
            context.Progress.Warn($"the annotations {string.Join(", ", left)} of {live.Title()} are left out; add to spec.template.metadata.annotations those that every copy should carry");
        }
    }

    private async Task CreateAsync(ClusterConnection host, GroupVersionResource resource, KubeObject federated, CancellationToken cancellationToken)
    {
        StatusException? last = null;
        var made = await Poll.UntilAsync(
            context.Time,
            ServedInterval,
            ServedTimeout,
            async c =>
            {
                try
                {
                    return await host.Client.CreateAsync(resource, federated, new WriteOptions { FieldManager = ObjectEnsurer.FieldManager }, c);
                }
                catch (StatusException e) when (e.IsNotFound)
                {
                    last = e;
                    return null;
                }
                catch (StatusException e) when (e.IsAlreadyExists)
                {
                    throw new UserException($"{host.Title}: {federated.Title()} exists already{In(federated)}; edit it instead, or delete it first", e);
                }
            },
            cancellationToken);
        if (made is null)
        {
            throw new UserException(
                $"{host.Title} does not serve {resource.GroupResource}: {last?.Message}; run \"kubefedctl enable {options.Type}\" first", last!);
        }
    }

    private static string In(KubeObject value) => value.Metadata.Namespace.Length == 0 ? "" : $" in namespace \"{value.Metadata.Namespace}\"";
}
