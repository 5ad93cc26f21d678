using System.Security.Cryptography;
using System.Text;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiServerRuntime.Registry;
using KubeFed.ApiServerRuntime.Types;

namespace KubeFed.ApiServerRuntime.Discovery;

/// <summary>Reads what is served, by group and version, in the order in which discovery shows it.</summary>
internal sealed class DiscoveryModel
{
    private static readonly string[] SubresourceVerbs = ["get", "patch", "update"];
    private readonly ILookup<GroupResource, IResourceHandler> _handlers;

    private DiscoveryModel(IEnumerable<IResourceHandler> handlers) =>
        _handlers = handlers.Where(handler => handler.Subresource.Length > 0).ToLookup(handler => handler.Resource);

    /// <summary>The groups by name: the core group is first.</summary>
    public static IReadOnlyList<DiscoveryGroup> Read(TypeSnapshot types, IEnumerable<IResourceHandler> handlers)
    {
        var model = new DiscoveryModel(handlers);
        return [.. types.Types.Select(type => type.Group).Concat(types.GroupVersions.Select(static always => always.Group))
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(group => model.ReadGroup(types, group)).Where(group => group.Versions.Count > 0)];
    }

    private DiscoveryGroup ReadGroup(TypeSnapshot snapshot, string group)
    {
        ResourceType[] types = [.. snapshot.Types.Where(type => type.Group == group)];
        IEnumerable<string> versions = types.SelectMany(type => type.Versions).Where(version => version.Served).Select(version => version.Name)
            .Concat(snapshot.GroupVersions.Where(always => always.Group == group).Select(static always => always.Version))
            .Distinct().Order(VersionOrder.Instance);
        return new DiscoveryGroup(
            group, [.. versions.Select(version => new DiscoveryVersion(version, [.. types.SelectMany(type => ReadType(type, version))]))]);
    }

    private IEnumerable<DiscoveryResource> ReadType(ResourceType type, string versionName)
    {
        if (type.FindVersion(versionName) is not { Served: true } version)
        {
            yield break;
        }

        var main = new DiscoveryResource
        {
            Name = type.Plural,
            Subresource = string.Empty,
            Singular = type.Singular,
            Namespaced = type.Scope == ResourceScope.Namespaced,
            Kind = new GroupVersionKind(type.Group, versionName, type.Kind),
            Verbs = version.Verbs,
            ShortNames = type.ShortNames,
            Categories = type.Categories,
            StorageVersionHash = version.Verbs.Contains("list") ? HashOf(type) : null,
        };
        yield return main;
        DiscoveryResource below = main with { Singular = string.Empty, Verbs = SubresourceVerbs, ShortNames = [], Categories = [], StorageVersionHash = null };
        if (version.HasStatus)
        {
            yield return below with { Subresource = "status" };
        }

        if (version.Scale is not null)
        {
            yield return below with { Subresource = "scale", Kind = new GroupVersionKind("autoscaling", "v1", "Scale") };
        }

        foreach (IResourceHandler handler in _handlers[type.GroupResource])
        {
            yield return below with { Subresource = handler.Subresource, Kind = handler.ResponseKind, Verbs = handler.Verbs };
        }
    }

    private static string HashOf(ResourceType type)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{type.Group}/{type.StorageVersion}/{type.Kind}"));
        return Convert.ToBase64String(hash.AsSpan(0, 8));
    }
}
