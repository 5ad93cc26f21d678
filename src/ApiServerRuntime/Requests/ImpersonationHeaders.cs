using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiServerRuntime.Authentication;
using KubeFed.ApiServerRuntime.Authorization;
using Microsoft.AspNetCore.Http;

namespace KubeFed.ApiServerRuntime.Requests;

/// <summary>The headers by which a client asks to be served as somebody else, and the rights that this takes.</summary>
internal sealed record ImpersonationHeaders(string User, string Uid, IReadOnlyList<string> Groups, IReadOnlyDictionary<string, IReadOnlyList<string>> Extra)
{
    private const string UserHeader = "Impersonate-User";
    private const string UidHeader = "Impersonate-Uid";
    private const string GroupHeader = "Impersonate-Group";
    private const string ExtraPrefix = "Impersonate-Extra-";
    private const string ServiceAccountPrefix = "system:serviceaccount:";
    private const string ReviewGroup = "authentication.k8s.io";

    /// <summary>Reads the headers; null when there are none.</summary>
    /// <exception cref="StatusException">400: they name no user.</exception>
    public static ImpersonationHeaders? Read(IHeaderDictionary headers)
    {
        string user = headers[UserHeader].ToString();
        string uid = headers[UidHeader].ToString();
        string[] groups = [.. headers[GroupHeader].OfType<string>()];
        Dictionary<string, IReadOnlyList<string>> extra = ReadExtra(headers);
        if (user.Length == 0 && uid.Length == 0 && groups.Length == 0 && extra.Count == 0)
        {
            return null;
        }

        return user.Length > 0
            ? new ImpersonationHeaders(user, uid, groups, extra)
            : throw StatusErrors.BadRequest("groups, UID or extra of a user are impersonated without impersonating a user name");
    }

    /// <summary>Takes the headers away, so that nothing behind sees them.</summary>
    public static void Remove(IHeaderDictionary headers)
    {
        headers.Remove(UserHeader);
        headers.Remove(UidHeader);
        headers.Remove(GroupHeader);
        foreach (string name in headers.Keys.Where(IsExtra).ToArray())
        {
            headers.Remove(name);
        }
    }

    /// <summary>What the requester must be allowed to do.</summary>
    public IEnumerable<AuthorizationAttributes> RequiredRights(UserInfo requester)
    {
        yield return TryServiceAccount(User, out string @namespace, out string account)
            ? Right(requester, string.Empty, "serviceaccounts", account) with { Namespace = @namespace }
            : Right(requester, string.Empty, "users", User);
        foreach (string group in Groups)
        {
            yield return Right(requester, string.Empty, "groups", group);
        }

        foreach ((string key, IReadOnlyList<string> values) in Extra)
        {
            foreach (string value in values)
            {
                yield return Right(requester, ReviewGroup, "userextras", value) with { Subresource = key };
            }
        }

        if (Uid.Length > 0)
        {
            yield return Right(requester, ReviewGroup, "uids", Uid);
        }
    }

    /// <summary>Who the request is served as.</summary>
    public UserInfo ToUser()
    {
        List<string> groups = [.. Groups];
        if (groups.Count == 0 && TryServiceAccount(User, out string @namespace, out _))
        {
            groups.Add("system:serviceaccounts");
            groups.Add($"system:serviceaccounts:{@namespace}");
        }

        string always = User == UserInfo.Anonymous.Name ? "system:unauthenticated" : "system:authenticated";
        if (!groups.Contains(always))
        {
            groups.Add(always);
        }

        return new UserInfo { Name = User, Uid = Uid, Groups = groups, Extra = Extra };
    }

    private static AuthorizationAttributes Right(UserInfo requester, string group, string resource, string name) => new()
    {
        User = requester,
        Verb = "impersonate",
        IsResourceRequest = true,
        Group = group,
        Version = "v1",
        Resource = resource,
        Name = name,
    };

    private static Dictionary<string, IReadOnlyList<string>> ReadExtra(IHeaderDictionary headers)
    {
        var extra = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach ((string name, Microsoft.Extensions.Primitives.StringValues values) in headers)
        {
            if (IsExtra(name))
            {
                extra[Uri.UnescapeDataString(name[ExtraPrefix.Length..].ToLowerInvariant())] = [.. values.OfType<string>()];
            }
        }

        return extra;
    }

    private static bool IsExtra(string header) => header.StartsWith(ExtraPrefix, StringComparison.OrdinalIgnoreCase);

    private static bool TryServiceAccount(string user, out string @namespace, out string name)
    {
        (@namespace, name) = (string.Empty, string.Empty);
        if (!user.StartsWith(ServiceAccountPrefix, StringComparison.Ordinal))
        {
            return false;
        }

        string[] parts = user[ServiceAccountPrefix.Length..].Split(':');
        if (parts.Length != 2 || parts[0].Length == 0 || parts[1].Length == 0)
        {
            return false;
        }

        (@namespace, name) = (parts[0], parts[1]);
        return true;
    }
}
