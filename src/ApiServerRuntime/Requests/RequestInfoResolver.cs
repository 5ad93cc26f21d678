using KubeFed.ApiMachinery.Selectors;
using Microsoft.AspNetCore.Http;

namespace KubeFed.ApiServerRuntime.Requests;

/// <summary>
/// Reads what a request asks for from its method and URL, by kube-apiserver's rules: <c>/api/version/…</c> and
/// <c>/apis/group/version/…</c> name resources, everything else is a path.
/// </summary>
public static class RequestInfoResolver
{
    private const string NameField = "metadata.name";

    /// <summary>Resolves a request. Never fails: what cannot be read is a path.</summary>
    public static RequestInfo Resolve(string method, string path, IQueryCollection query)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(query);
        var parts = path.Trim('/').Split('/');
        var next = parts[0] switch { "api" => 1, "apis" => 2, _ => 0 };
        if (next == 0 || parts.Length < next + 2)
        {
            return PathRequest(method, path);
        }

        var group = next == 2 ? parts[1] : string.Empty;
        var version = parts[next++];
        var verb = VerbOf(method);
        if (parts[next] is "watch" or "proxy")
        {
            verb = parts[next++];
            if (next == parts.Length)
            {
                return PathRequest(method, path);
            }
        }

        return ResolveResource(path, query, parts, next, new RequestInfo
        {
            IsResourceRequest = true,
            Path = path,
            Verb = verb,
            Group = group,
            Version = version,
        });
    }

    /// <summary>Whether a query parameter that is a switch is on: set to anything but <c>0</c> and <c>false</c>.</summary>
    internal static bool IsOn(IQueryCollection query, string name)
    {
        var values = query[name];
        return values.Count > 0 && values[0] is not "0" && !string.Equals(values[0], "false", StringComparison.OrdinalIgnoreCase);
    }

    private static RequestInfo PathRequest(string method, string path) =>
        new() { IsResourceRequest = false, Path = path, Verb = method.ToLowerInvariant() };

    private static RequestInfo ResolveResource(string path, IQueryCollection query, string[] parts, int next, RequestInfo info)
    {
        var @namespace = string.Empty;
        if (parts[next] == "namespaces" && parts.Length > next + 1)
        {
            @namespace = parts[next + 1];
            if (parts.Length > next + 2 && parts[next + 2] is not ("status" or "finalize"))
            {
                next += 2;
            }
        }

        var name = parts.Length > next + 1 ? parts[next + 1] : string.Empty;
        var subresource = parts.Length > next + 2 && info.Verb is not ("proxy" or "watch") ? parts[next + 2] : string.Empty;
        var verb = info.Verb;
        if (name.Length == 0 && verb == "get")
        {
            verb = IsOn(query, "watch") ? "watch" : "list";
            name = SelectedName(query);
        }
        else if (name.Length == 0 && verb == "delete")
        {
            verb = "deletecollection";
        }

        return new RequestInfo
        {
            IsResourceRequest = true,
            Path = path,
            Verb = verb,
            Group = info.Group,
            Version = info.Version,
            Namespace = @namespace,
            Resource = parts[next],
            Subresource = subresource,
            Name = name,
        };
    }

    private static string SelectedName(IQueryCollection query)
    {
        var text = (string?)query["fieldSelector"];
        if (text is null || !text.Contains(NameField, StringComparison.Ordinal))
        {
            return string.Empty;
        }

        try
        {
            return FieldSelector.Parse(text).TryGetExactMatch(NameField, out var name) && IsPathSegment(name) ? name : string.Empty;
        }
        catch (SelectorFormatException)
        {
            // The handler answers what is wrong with it; authorization sees a request for the collection.
            return string.Empty;
        }
    }

    private static bool IsPathSegment(string name) => name is not ("." or "..") && name.AsSpan().IndexOfAny('/', '%') < 0;

    private static string VerbOf(string method) => method switch
    {
        "GET" or "HEAD" => "get",
        "POST" => "create",
        "PUT" => "update",
        "PATCH" => "patch",
        "DELETE" => "delete",
        _ => string.Empty,
    };
}
