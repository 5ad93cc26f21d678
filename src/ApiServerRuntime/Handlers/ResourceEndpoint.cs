using System.Collections.Frozen;
using System.Text;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Validation;
using KubeFed.ApiServerRuntime.Negotiation;
using KubeFed.ApiServerRuntime.Registry;
using KubeFed.ApiServerRuntime.Requests;
using KubeFed.ApiServerRuntime.Types;
using Microsoft.AspNetCore.Http;

namespace KubeFed.ApiServerRuntime.Handlers;

/// <summary>Finds the type of a resource request and hands it to the verb's handler.</summary>
internal sealed class ResourceEndpoint(
    ITypeSource types, IEnumerable<IResourceHandler> handlers, ReadHandler reads, WriteHandler writes, DeleteHandler deletes, WatchHandler watches, TimeProvider time)
{
    private const int MaxFieldManagerLength = 128;
    private static readonly string[] SubresourceVerbs = ["get", "update", "patch"];

    private readonly FrozenDictionary<(GroupResource Resource, string Subresource), IResourceHandler> _handlers =
        handlers.ToFrozenDictionary(handler => (handler.Resource, handler.Subresource));

    public Task InvokeAsync(HttpContext http, ApiRequest api)
    {
        RequestInfo info = api.Info;
        if (!types.Current.TryFind(info.Group, info.Version, info.Resource, out ResourceType type, out ResourceTypeVersion version)
            || !IsInScope(info, type)
            || IsLegacyWatch(info))
        {
            return ResponseWriter.SendNotFoundAsync(http).AsTask();
        }

        if (VerbsOf(type, version, info.Subresource) is not { } verbs)
        {
            return info.Subresource is "status" or "scale"
                ? throw StatusErrors.NotFound(type.GroupResource, info.Name)
                : ResponseWriter.SendNotFoundAsync(http).AsTask();
        }

        api.IsServed = true;
        if (!verbs.Contains(info.Verb))
        {
            throw StatusErrors.MethodNotSupported(type.GroupResource, info.Verb.Length > 0 ? info.Verb : http.Request.Method.ToLowerInvariant());
        }

        if (version.DeprecationWarning is { } warning)
        {
            api.Warnings.Add(warning);
        }

        return DispatchAsync(new ResourceRequest(http, api, ContextOf(http, api, type, version), time), info.Verb);
    }

    private Task DispatchAsync(ResourceRequest request, string verb) => verb switch
    {
        "get" => reads.GetAsync(request),
        "list" => reads.ListAsync(request),
        "watch" => watches.WatchAsync(request),
        "create" => writes.CreateAsync(request),
        "update" => writes.UpdateAsync(request),
        "patch" => writes.PatchAsync(request),
        "delete" => deletes.DeleteAsync(request),
        _ => deletes.DeleteCollectionAsync(request),
    };

    private IReadOnlyList<string>? VerbsOf(ResourceType type, ResourceTypeVersion version, string subresource)
    {
        if (subresource.Length == 0)
        {
            return version.Verbs;
        }

        if ((subresource == "status" && version.HasStatus) || (subresource == "scale" && version.Scale is not null))
        {
            return SubresourceVerbs;
        }

        return _handlers.TryGetValue((type.GroupResource, subresource), out IResourceHandler? handler) ? handler.Verbs : null;
    }

    private static bool IsInScope(RequestInfo info, ResourceType type)
    {
        if (type.Scope == ResourceScope.Cluster)
        {
            return info.Namespace.Length == 0 || IsNamespaces(info);
        }

        return info.Namespace.Length > 0 || info.Verb is "list" or "watch";
    }

    private static bool IsNamespaces(RequestInfo info) => info is { Group: "", Resource: "namespaces" };

    private static bool IsLegacyWatch(RequestInfo info) =>
        info.Verb == "watch" && info.Path.Contains($"/{info.Version}/watch/", StringComparison.Ordinal);

    private static ResourceContext ContextOf(HttpContext http, ApiRequest api, ResourceType type, ResourceTypeVersion version) => new()
    {
        Type = type,
        Version = version,
        Namespace = type.Scope == ResourceScope.Cluster ? string.Empty : api.Info.Namespace,
        Name = api.Info.Verb is "list" or "watch" ? string.Empty : api.Info.Name,
        Subresource = api.Info.Subresource,
        User = api.User,
        DefaultFieldManager = FieldManagerOf(http.Request.Headers.UserAgent.ToString()),
        Warnings = api.Warnings,
    };

    private static string FieldManagerOf(string agent)
    {
        int slash = agent.IndexOf('/', StringComparison.Ordinal);
        string prefix = slash < 0 ? agent : agent[..slash];
        if (prefix.Length is > 0 and <= MaxFieldManagerLength && !prefix.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            return prefix;
        }

        var manager = new StringBuilder();
        foreach (Rune rune in prefix.EnumerateRunes())
        {
            if (GoQuote.IsPrintable(rune))
            {
                if (Encoding.UTF8.GetByteCount(manager.ToString()) + rune.Utf8SequenceLength > MaxFieldManagerLength)
                {
                    break;
                }

                manager.Append(rune);
            }
        }

        return manager.Length > 0 ? manager.ToString() : "unknown";
    }
}
