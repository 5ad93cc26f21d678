using KubeFed.ApiServerRuntime.Certificates;
using Microsoft.AspNetCore.Http;

namespace KubeFed.ApiServerRuntime.Authentication;

/// <summary>
/// Believes the identity headers of a front proxy such as kube-aggregator, when the connection proves to be that proxy by its client
/// certificate. The headers are taken away whoever sent them.
/// </summary>
public sealed class RequestHeaderAuthenticator(ClientCertificateAuthorities authorities) : IAuthenticator
{
    private volatile RequestHeaderNames _names = new();

    /// <summary>The headers and names in force; may be replaced while requests are answered.</summary>
    public RequestHeaderNames Names
    {
        get => _names;
        set => _names = value;
    }

    /// <inheritdoc/>
    public ValueTask<AuthenticationOutcome> AuthenticateAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var names = _names;
        var headers = context.Request.Headers;
        var user = First(headers, names.User);
        var outcome = user.Length > 0 && IsProxy(context, names)
            ? AuthenticationOutcome.Success(Read(headers, names, user))
            : AuthenticationOutcome.NotPresent;
        Strip(headers, names);
        return ValueTask.FromResult(outcome);
    }

    private static string First(IHeaderDictionary headers, IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            if (headers.TryGetValue(name, out var values) && values.Count > 0 && !string.IsNullOrEmpty(values[0]))
            {
                return values[0]!;
            }
        }

        return string.Empty;
    }

    private static UserInfo Read(IHeaderDictionary headers, RequestHeaderNames names, string user)
    {
        var groups = new List<string>();
        foreach (var name in names.Group)
        {
            groups.AddRange(headers[name].Where(static value => !string.IsNullOrEmpty(value))!);
        }

        return new UserInfo { Name = user, Uid = First(headers, names.Uid), Groups = groups, Extra = Extra(headers, names) };
    }

    private static Dictionary<string, IReadOnlyList<string>> Extra(IHeaderDictionary headers, RequestHeaderNames names)
    {
        var extra = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var (name, values) in headers)
        {
            if (PrefixOf(name, names) is { } prefix)
            {
                extra[ExtraKey.Decode(name[prefix.Length..])] = [.. values.Select(static value => value ?? string.Empty)];
            }
        }

        return extra;
    }

    private static string? PrefixOf(string header, RequestHeaderNames names) =>
        names.ExtraPrefix.FirstOrDefault(prefix => header.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    private static void Strip(IHeaderDictionary headers, RequestHeaderNames names)
    {
        foreach (var name in names.User.Concat(names.Uid).Concat(names.Group))
        {
            headers.Remove(name);
        }

        foreach (var name in headers.Keys.Where(name => PrefixOf(name, names) is not null).ToArray())
        {
            headers.Remove(name);
        }
    }

    private bool IsProxy(HttpContext context, RequestHeaderNames names) =>
        context.Connection.ClientCertificate is { } certificate
        && (names.AllowedNames.Count == 0 || names.AllowedNames.Contains(CertificateSubject.CommonName(certificate), StringComparer.Ordinal))
        && authorities.Verify(certificate);
}
