using KubeFed.ApiMachinery.Identity;
using KubeFed.FederationApis;
using KubeFed.FederationApis.Core.V1Beta1;
using KubeFed.Kubefedctl.Cli;
using KubeFed.Kubefedctl.Clusters;
using KubeFed.Kubefedctl.Enable;
using ApiResource = KubeFed.KubeClient.Discovery.ApiResource;
using FederatedApiResource = KubeFed.FederationApis.Core.V1Beta1.ApiResource;

namespace KubeFed.Kubefedctl.Federate;

/// <summary>Finds, assumes or enables the federated types of types.</summary>
internal sealed class FederatedTypes(CommandContext context, FederateOptions options)
{
    /// <summary>
    /// The federated type of every type. Types that are not enabled are enabled where the user asked for that, are assumed to be federated
    /// as <c>enable</c> would do by default where YAML is printed, and are refused otherwise, all in one sentence, before anything is done.
    /// </summary>
    public async Task<IReadOnlyDictionary<GroupResource, FederatedApiResource>> ResolveAsync(
        ClusterConnection host,
        IReadOnlyCollection<ApiResource> types,
        IReadOnlyCollection<FederatedTypeConfig> enabled,
        CancellationToken cancellationToken)
    {
        var configs = enabled.ToDictionary(static c => c.Metadata.Name, StringComparer.Ordinal);
        var missing = types.Where(t => !configs.ContainsKey(t.Resource.GroupResource.ToString())).ToArray();
        if (missing.Length > 0 && !options.EnableType && !options.PrintYaml)
        {
            throw NotEnabled(host, missing);
        }

        var found = new Dictionary<GroupResource, FederatedApiResource>();
        foreach (var type in types)
        {
            found[type.Resource.GroupResource] = configs.TryGetValue(type.Resource.GroupResource.ToString(), out var config)
                ? config.Spec.FederatedType
                : await MakeAsync(host, type, cancellationToken);
        }

        return found;
    }

    /// <summary>The federated type that <c>enable</c> makes of a kind unless told otherwise.</summary>
    public static FederatedApiResource Default(string kind, string plural) => new()
    {
        Group = FederationGroups.Types,
        Version = EnableOptions.DefaultFederatedVersion,
        Kind = KindNames.FederatedKind(kind),
        PluralName = KindNames.FederatedPlural(plural),
    };

    private Task<FederatedApiResource> MakeAsync(ClusterConnection host, ApiResource type, CancellationToken cancellationToken)
    {
        if (!options.EnableType)
        {
            return Task.FromResult(Default(type.Kind.Kind, type.Resource.Resource));
        }

        var enable = new EnableOptions { Name = type.Resource.GroupResource.ToString(), Namespace = options.KubeFedNamespace };
        return new Enabler(context, enable, context.Environment.Error).EnableAsync(host, type, cancellationToken);
    }

    private UserException NotEnabled(ClusterConnection host, ApiResource[] missing)
    {
        var names = missing.Select(static t => t.Resource.GroupResource.ToString()).ToArray();
        return new UserException(names.Length == 1
            ? $"{host.Title}: the type {names[0]} is not enabled in namespace \"{options.KubeFedNamespace}\"; run \"kubefedctl enable {names[0]}\" first, or pass --enable-type{Skip(names)}"
            : $"{host.Title}: the types {string.Join(", ", names)} are not enabled in namespace \"{options.KubeFedNamespace}\"; run \"kubefedctl enable\" for each first, or pass --enable-type{Skip(names)}");
    }

    /// <summary>How to do without types; the namespace itself cannot be left out.</summary>
    private string Skip(string[] names)
    {
        var contents = names.Where(static n => n != FederationNames.NamespacesTypeConfig).ToArray();
        return options.Contents && contents.Length > 0 ? $", or leave them out with --skip-api-resources={string.Join(',', contents)}" : "";
    }
}
