using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiServerRuntime.Types;
using KubeFed.DevClusters.Controllers.Machinery;
using KubeFed.KubeClient.Dynamic;

namespace KubeFed.DevClusters.Aggregation;

/// <summary>
/// The APIServices of what the cluster serves itself. As with kube-apiserver there is one for each group version; those of definitions go
/// with the last definition, and one that names a service is left to whoever made it.
/// </summary>
internal static class LocalApiServices
{
    private const string Label = "kube-aggregator.kubernetes.io/automanaged";
    private const string OfDefinitions = "true";
    private const string BuiltIn = "onstart";

    /// <summary>Makes those that are missing and deletes those that are no longer served.</summary>
    /// <param name="client">The cluster.</param>
    /// <param name="present">The APIServices that there are.</param>
    /// <param name="types">What is served.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public static async Task EnsureAsync(
        IDynamicClient client, IReadOnlyCollection<KubeObject> present, TypeSnapshot types, CancellationToken cancellationToken)
    {
        var served = Served(types);
        var names = present.Select(static item => item.Metadata.Name).ToHashSet(StringComparer.Ordinal);
        await Task.WhenAll(served
            .Where(pair => !names.Contains(NameOf(pair.Key)))
            .Select(pair => CreateAsync(client, pair.Key, pair.Value, cancellationToken)));

        var wanted = served.Keys.Select(NameOf).ToHashSet(StringComparer.Ordinal);
        foreach (var gone in present.Where(item => IsOfDefinitions(item) && !wanted.Contains(item.Metadata.Name)))
        {
            await DeleteAsync(client, gone, cancellationToken);
        }
    }

    /// <summary>The group versions of types that are not forwarded, and how their APIServices are labelled.</summary>
    internal static IReadOnlyDictionary<GroupVersion, string> Served(TypeSnapshot types)
    {
        var served = new Dictionary<GroupVersion, string>();
        foreach (var type in types.Types.Where(static type => !type.IsForwarded))
        {
            foreach (var version in type.Versions.Where(static version => version.Served))
            {
                var key = new GroupVersion(type.Group, version.Name);
                served[key] = type.DefinitionUid.Length == 0 ? BuiltIn : served.GetValueOrDefault(key, OfDefinitions);
            }
        }

        return served;
    }

    private static string NameOf(GroupVersion version) => $"{version.Version}.{version.Group}";

    private static bool IsOfDefinitions(KubeObject item) =>
        item.Metadata.Labels.GetValueOrDefault(Label) == OfDefinitions && item.GetNode("spec", "service") is null;

    private static async Task CreateAsync(IDynamicClient client, GroupVersion version, string management, CancellationToken cancellationToken)
    {
        var ofDefinitions = management == OfDefinitions;
        var root = new JsonObject
        {
            ["apiVersion"] = KubeResources.ApiServices.GroupVersion.ToString(),
            ["kind"] = "APIService",
            ["metadata"] = new JsonObject { ["name"] = NameOf(version), ["labels"] = new JsonObject { [Label] = management } },
            ["spec"] = new JsonObject
            {
                ["group"] = version.Group,
                ["version"] = version.Version,
                ["groupPriorityMinimum"] = version.Group.Length == 0 ? 18_000 : ofDefinitions ? 1000 : 17_000,
                ["versionPriority"] = ofDefinitions ? 100 : 15,
            },
        };
        try
        {
            await client.CreateAsync(KubeResources.ApiServices, KubeObject.FromNode(root), cancellationToken: cancellationToken);
        }
        catch (StatusException e) when (e.IsAlreadyExists)
        {
            // Somebody else was faster, and keeps it.
        }
    }

    private static async Task DeleteAsync(IDynamicClient client, KubeObject item, CancellationToken cancellationToken)
    {
        try
        {
            await client.DeleteAsync(
                KubeResources.ApiServices,
                item.Key,
                new DeleteOptions { PreconditionUid = item.Metadata.Uid, PreconditionResourceVersion = item.Metadata.ResourceVersion },
                cancellationToken);
        }
        catch (StatusException e) when (e.IsNotFound || e.IsConflict)
        {
            // It is gone, or it is looked at again as it is now.
        }
    }
}
